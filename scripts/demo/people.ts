import axios from 'axios';
import { sleep } from 'n8n-workflow';

import { BOB, type Sandbox } from '../../sandbox';
import type { Mail, MailSink } from '../../sandbox/mail';

/** What people do, with the pages and forms they have: no call here that a browser would not make. */
const browser = axios.create({ proxy: false, timeout: 120_000 });

const LOOK_AGAIN_MS = 200;

/**
 * Looks until there is something.
 * @throws Error naming `what`, after `timeoutMs`
 */
export async function until<T>(
	what: string,
	look: () => T | undefined,
	timeoutMs = 60_000,
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const found = look();
		if (found !== undefined) return found;
		if (Date.now() > deadline) throw new Error(`There is still no ${what}`);
		await sleep(LOOK_AGAIN_MS);
	}
}

/** Fills in an n8n form, its fields in their order, and submits it. */
export async function fillIn(formUrl: string, values: string[]): Promise<void> {
	const form = new FormData();
	values.forEach((value, index) => form.append(`field-${index}`, value));
	await browser.post(formUrl, form);
}

/** Presses Approve or Reject in the approver's inbox. */
export async function pressInInbox(
	{ url, appmixer }: Sandbox,
	title: string,
	action: 'approve' | 'reject',
	approver = BOB.email,
): Promise<void> {
	const task = await until(`pending task "${title}" of ${approver}`, () =>
		appmixer.tasks.find(
			(one) => one.title === title && one.status === 'pending' && one.approver === approver,
		),
	);
	const { data } = await browser.get<string>(`${url}/inbox`, { params: { approver } });
	const button = `action="/inbox/${task.taskId}/${action}"`;
	if (!data.includes(button)) throw new Error(`The inbox does not show "${title}"`);
	await browser.post(`${url}/inbox/${task.taskId}/${action}`);
}

/** Waits for a mail. */
export const receive = async (mail: MailSink, subject: string, timeoutMs?: number): Promise<Mail> =>
	await until(
		`mail "${subject}"`,
		() => mail.mails.find((one) => one.subject === subject),
		timeoutMs,
	);

/** Follows a link of a mail and presses the button on the page it opens. */
export async function followLink({ subject, links }: Mail, label: string): Promise<void> {
	const link = links.find((candidate) => candidate.label === label);
	if (!link) throw new Error(`The mail "${subject}" has no link "${label}"`);
	const { data } = await browser.get<string>(link.url);
	const action = /<form method="post" action="([^"]+)"/.exec(data)?.[1];
	if (action === undefined) throw new Error(`The link "${label}" leads to a page without a button`);
	const fields = [...data.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
	const form = new URLSearchParams(fields.map(([, name, value]) => [name, value]));
	await browser.post(new URL(action, link.url).href, form);
}

/** Chooses an option of an open approval in Nutrient, as Carol, whose task it is. */
export async function decideInNutrient(
	{ nutrient }: Sandbox,
	request: string,
	option: string,
): Promise<void> {
	const [, , carol] = nutrient.options.users;
	const task = await until(`approval of "${request}"`, () =>
		nutrient.tasks.find(
			({ taskType, completedDate, instanceSid }) =>
				taskType === 'approval' &&
				completedDate === null &&
				nutrient.workflow.instance(instanceSid).name === request,
		),
	);
	const headers = { authorization: `Bearer ${nutrient.issueToken(carol)}` };
	const url = `${nutrient.url}/api/instance/tasktypes/approval/${task.recipientTaskSid}`;
	await browser.post(url, { Approval: option, Comments: '' }, { headers });
}

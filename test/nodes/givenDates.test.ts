/** @jest-environment ./test/engine/environment.ts */
import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import { MAX, type RecordedRequest, type Sandbox } from '../../sandbox';
import { engine } from '../engine';
import { useVendors, VENDORS } from './eachVendor';
import { byId, NEW_TASK } from './Appmixer/sandboxed';
import { newTask } from './Mambu/sandboxed';

const used = useVendors();

/** Half past midnight in Prague; in UTC it is the day before. */
const AT = Date.UTC(2099, 2, 30, 22, 30);
const INSTANT = '2099-03-30T22:30:00.000Z';
const DAY = '2099-03-31';
const V1 = '2099-03-31T00:30:00+0200';
const GRACE = 2 * 60_000;

/** What an expression can give for one and the same moment. */
const WAYS = {
	'ISO text': '2099-03-31T00:30',
	'SQL text': '2099-03-31 00:30:00',
	'text with an offset': '2099-03-31T04:00:00+05:30',
	'text in UTC': INSTANT,
	'a DateTime': `={{ DateTime.fromMillis(${AT}) }}`,
	'a DateTime of another zone': `={{ DateTime.fromMillis(${AT}).setZone('Asia/Kolkata') }}`,
	'a Date': `={{ new Date(${AT}) }}`,
	milliseconds: `={{ ${AT} }}`,
	'milliseconds as text': String(AT),
};
const NO_DATES = {
	'an invalid DateTime': '={{ DateTime.fromISO("soon") }}',
	'an invalid Date': '={{ new Date("soon") }}',
	'an amount': '={{ 2500 }}',
	'an amount as text': '2500',
	'seconds since 1970': '={{ 4078506600 }}',
	'a word': 'Invalid Date',
	'the word null': 'null',
	'an object': '={{ {} }}',
	'a list': '={{ [] }}',
};
const EMPTY = ['={{ undefined }}', '={{ null }}', '={{ "" }}', '={{ " " }}'];

interface DateField {
	operation: string;
	label: string;
	/** As n8n stores it. */
	name: string;
	set(given: string, sandbox: Sandbox): INodeParameters;
	/** What came of it: what was sent last, what came out, until when it waits. */
	seen(
		last: RecordedRequest | undefined,
		outputs: unknown[][],
		waitTill: Date | null,
		sandbox: Sandbox,
	): unknown;
	expected: unknown;
	/** What is seen when it is not given. */
	without?: unknown;
	/** How it is told that it is missing. */
	missing?: string;
	/** How an empty text is refused, which in an update may be meant. */
	emptied?: string;
	credential?: object;
}

const inBody = (name: string) => (last?: RecordedRequest) =>
	(last?.body as Record<string, unknown> | undefined)?.[name];
const inQuery = (name: string) => (last?: RecordedRequest) => last?.query[name];
const inForm = (name: string) => (last?: RecordedRequest) =>
	new URLSearchParams(last?.rawBody).get(name) ?? undefined;
const inV1 = (name: string) => (last?: RecordedRequest) =>
	(last?.body as { task?: Record<string, unknown> } | undefined)?.task?.[name];
const titles = (_last: unknown, [items = []]: unknown[][]) =>
	items.map((item) => (item as { json: { title: string } }).json.title);

const V1_LOGIN = { apiVersion: 'v1' };
const OPENTAPS_TASKS = ({ opentaps }: Sandbox) => {
	if (opentaps.activities.length > 0) return;
	const add = (noteText: string, scheduledDateTime: string) =>
		opentaps.createTask({ noteText, fields: { scheduledDateTime } });
	add('before', '2099-03-30 22:29:59');
	add('then', '2099-03-30 22:30:00');
};
const AFFINITEXT_TASKS = ({ affinitext }: Sandbox) => {
	if (affinitext.tasks.length > 0) return;
	for (const day of [30, 31, 32]) {
		affinitext.add({ subject: String(day), targetDate: new Date(Date.UTC(2099, 2, day, 12)) });
	}
};

/** Until when a wait waits, seen by a look that comes no sooner. */
const waitUntil = (
	taskOf: (sandbox: Sandbox) => INodeParameters,
	operation = 'task:wait',
): DateField => ({
	operation,
	label: 'Max Date and Time',
	name: 'maxDateAndTime',
	set: (maxDateAndTime, sandbox) => ({
		...taskOf(sandbox),
		...{ limitWaitTime: true, limitType: 'atSpecifiedTime', maxDateAndTime },
		...{ lookAgain: 'fixed', lookMinutes: 1_000_000_000 },
	}),
	seen: (_last, _outputs, waitTill) => waitTill?.getTime(),
	expected: AT,
	missing: 'Limit Wait Time has no valid Max Date and Time',
});

const FIELDS: Record<string, DateField[]> = {
	appmixer: [
		{
			operation: 'task:create',
			label: 'Decision By',
			name: 'decisionBy',
			set: (decisionBy) => ({ ...NEW_TASK, decisionBy }),
			seen: inBody('decisionBy'),
			expected: INSTANT,
			missing: 'Decision By is empty',
		},
		{
			operation: 'task:update',
			label: 'Decision By',
			name: 'decisionBy',
			set(decisionBy, { appmixer }) {
				const { taskId, approverSecret } = appmixer.createTask();
				return {
					taskId: byId(taskId),
					updateFields: { decisionBy, title: 'New' },
					options: { secret: approverSecret },
				};
			},
			seen: inBody('decisionBy'),
			expected: INSTANT,
			without: undefined,
		},
		{
			operation: 'task:sendAndWait',
			label: 'Decision By',
			name: 'decisionBy',
			set: (decisionBy) => ({ ...NEW_TASK, decisionBy, limitWaitTime: false }),
			seen: (_last, _outputs, _till, { appmixer }) =>
				appmixer.tasks.at(-1)?.decisionBy?.toISOString(),
			expected: INSTANT,
			missing: 'Decision By is empty',
		},
		{
			operation: 'task:sendAndWait',
			label: 'Max Date and Time',
			name: 'maxDateAndTime',
			set: (maxDateAndTime) => ({
				...NEW_TASK,
				decisionBy: '',
				limitWaitTime: true,
				limitType: 'atSpecifiedTime',
				maxDateAndTime,
			}),
			seen: (_last, _outputs, waitTill) => waitTill?.getTime(),
			expected: AT + GRACE,
			missing: 'Limit Wait Time has no valid Max Date and Time',
		},
		waitUntil(({ appmixer }) => ({ taskId: byId(appmixer.createTask().taskId) })),
	],
	affinitext: [
		...(
			[
				['Target Date After', 'targetDateAfter', ['32']],
				['Target Date Before', 'targetDateBefore', ['30']],
			] as const
		).map(([label, name, expected]): DateField => ({
			operation: 'task:getAll',
			label,
			name,
			set(given, sandbox) {
				AFFINITEXT_TASKS(sandbox);
				return { simple: true, filters: { [name]: given } };
			},
			seen: titles,
			expected,
			without: ['30', '31', '32'],
		})),
		waitUntil((sandbox) => {
			AFFINITEXT_TASKS(sandbox);
			return { taskId: byId(String(sandbox.affinitext.tasks[0].number)) };
		}),
	],
	mambu: [
		waitUntil(({ mambu }) => ({ taskId: byId(String(mambu.createTask().id)) })),
		{
			operation: 'task:create',
			label: 'Due Date',
			name: 'dueDate',
			set: (dueDate) => ({ ...newTask(), dueDate }),
			seen: inBody('dueDate'),
			expected: DAY,
			missing: 'Due Date is empty',
		},
		{
			operation: 'task:create',
			label: 'Due Date',
			name: 'dueDate',
			set: (dueDate) => ({ ...newTask(), dueDate }),
			seen: inV1('dueDate'),
			expected: V1,
			missing: 'Due Date is empty',
			credential: V1_LOGIN,
		},
		{
			operation: 'task:create',
			label: 'Due Date',
			name: 'dueDate',
			set: (dueDate) => ({
				...newTask(),
				assignee: { __rl: true, mode: 'username', value: MAX.username },
				dueDate,
				options: { sendAs: 'form' },
			}),
			seen: inForm('duedate'),
			expected: DAY,
			missing: 'Due Date is empty',
			credential: V1_LOGIN,
		},
		{
			operation: 'task:create',
			label: 'Completion Date',
			name: 'completionDate',
			set: (completionDate) => ({
				...newTask(),
				additionalFields: { completionDate, status: 'COMPLETED' },
			}),
			seen: inV1('completionDate'),
			expected: V1,
			without: expect.stringMatching(/^20\d\d-\d\d-\d\dT/),
			credential: V1_LOGIN,
		},
		{
			operation: 'task:complete',
			label: 'Completion Date',
			name: 'completionDate',
			set: (completionDate, { mambu }) => ({
				taskId: byId(mambu.createTask({ assignedUserKey: MAX.encodedKey }).encodedKey),
				options: { completionDate },
			}),
			seen: inV1('completionDate'),
			expected: V1,
			without: expect.stringMatching(/^20\d\d-\d\d-\d\dT/),
			credential: V1_LOGIN,
		},
		...[{}, V1_LOGIN].map((credential): DateField => ({
			operation: 'task:update',
			label: 'Due Date',
			name: 'dueDate',
			set(dueDate, { mambu }) {
				const known = { assignedUserKey: MAX.encodedKey, dueDate: new Date('2030-01-01') };
				const taskId = byId(mambu.createTask(known).encodedKey);
				return { taskId, updateFields: { dueDate, title: 'New' } };
			},
			seen: (_last, _outputs, _till, { mambu }) => mambu.store.tasks.at(-1)?.dueDate.toISOString(),
			expected: credential === V1_LOGIN ? INSTANT : `${DAY}T00:00:00.000Z`,
			without: '2030-01-01T00:00:00.000Z',
			emptied: 'Due Date is empty',
			credential,
		})),
	],
	nutrient: [
		waitUntil(({ nutrient }) => {
			const { recipientTaskSid, instanceSid } = nutrient.createApproval();
			return { taskId: byId(recipientTaskSid), requestId: byId(instanceSid) };
		}),
		waitUntil(
			({ nutrient }) => ({ requestId: byId(nutrient.createApproval().instanceSid) }),
			'request:wait',
		),
		...(
			[
				['Submitted From', 'submittedFrom', 'submitted_range_start'],
				['Submitted To', 'submittedTo', 'submitted_range_end'],
			] as const
		).map(([label, name, parameter]) => ({
			operation: 'request:getAll',
			label,
			name,
			set: (given: string) => ({ source: 'mine', filters: { [name]: given } }),
			seen: inQuery(parameter),
			expected: DAY,
			without: undefined,
		})),
		...(['From', 'To'] as const).map((label, index) => ({
			operation: 'report:run',
			label,
			name: label.toLowerCase(),
			set: (given: string, { nutrient }: Sandbox) => ({
				reportId: byId(nutrient.reports[0].sid),
				dates: 'range',
				from: '2001-01-01',
				to: '2199-01-01',
				[label.toLowerCase()]: given,
			}),
			seen: (last?: RecordedRequest) =>
				(last?.body as Array<{ value: string[] }> | undefined)?.[0].value[index],
			expected: DAY,
			missing: `${label} is empty`,
		})),
	],
	opentaps: [
		waitUntil(({ opentaps }) => ({ taskId: byId(opentaps.createTask().id) })),
		{
			operation: 'task:create',
			label: 'Scheduled For',
			name: 'scheduledDateTime',
			set: (scheduledDateTime) => ({ noteText: 'x', scheduledDateTime }),
			seen: inForm('note_field_scheduledDateTime'),
			expected: INSTANT,
			without: undefined,
		},
		{
			operation: 'task:update',
			label: 'Scheduled For',
			name: 'scheduledDateTime',
			set: (scheduledDateTime, { opentaps }) => ({
				taskId: byId(opentaps.createTask().id),
				updateFields: { scheduledDateTime, noteText: 'New' },
			}),
			seen: inForm('scheduledDateTime'),
			expected: INSTANT,
			without: undefined,
			emptied: 'Scheduled For is empty',
		},
		...(
			[
				['Scheduled After', 'scheduledAfter', ['then']],
				['Scheduled Before', 'scheduledBefore', ['before']],
			] as const
		).map(([label, name, expected]): DateField => ({
			operation: 'task:getAll',
			label,
			name,
			set(given, sandbox) {
				OPENTAPS_TASKS(sandbox);
				return { filters: { [name]: given } };
			},
			seen: (last, outputs) => titles(last, outputs).sort(),
			expected,
			without: ['before', 'then'],
		})),
	],
};

const CASES = VENDORS.flatMap((vendor) =>
	FIELDS[vendor.name].map((field) => ({
		vendor,
		field,
		title: `${vendor.name} ${field.operation}, ${field.label}${field.credential === V1_LOGIN ? ' (v1)' : ''}`,
	})),
);

async function runWith(
	{ vendor, field }: (typeof CASES)[number],
	given: string,
	timezone?: string,
) {
	const { sandbox } = used;
	const { requests } = vendor.service(sandbox);
	const before = requests.length;
	const [resource, operation] = field.operation.split(':');
	const { error, outputs, waitTill } = await engine.runNode({
		type: vendor.name,
		credential: { ...vendor.credential(sandbox), ...field.credential },
		parameters: { resource, operation, ...field.set(given, sandbox) },
		...(timezone && { settings: { timezone } }),
	});
	const writes = requests.slice(before).filter(({ path }) => !/\/(oauth|auth)\//.test(path));
	return {
		error: error?.message ?? null,
		seen: field.seen(writes.at(-1), outputs, waitTill, sandbox),
		sent: JSON.stringify(writes.map(({ query, rawBody }) => [query, rawBody])),
	};
}

it('F11: knows every field of a date that a node or trigger has', async () => {
	await engine.packageLoaded();
	const datesIn = (fields: unknown): string[] =>
		(Array.isArray(fields) ? (fields as INodeProperties[]) : []).flatMap((field) => [
			...(field.type === 'dateTime' ? [field.name] : []),
			...datesIn(field.options),
			...datesIn((field as { values?: unknown }).values),
		]);
	for (const { name, trigger } of VENDORS) {
		const known = new Set(FIELDS[name].map((field) => field.name));
		const all = [name, trigger].map((type) => engine.nodeTypeOf(type).description.properties);
		expect([name, new Set(all.flatMap(datesIn))]).toEqual([name, known]);
	}
});

describe.each(CASES)('$title', (one) => {
	const { field } = one;

	it('F11: takes a date as text, DateTime, Date and milliseconds', async () => {
		for (const [way, given] of Object.entries(WAYS)) {
			const { error, seen } = await runWith(one, given);
			expect([way, error, seen]).toEqual([way, null, field.expected]);
		}
	});

	it('F11: refuses what is no date, and sends nothing of it', async () => {
		for (const [what, given] of Object.entries(NO_DATES)) {
			const { error, sent } = await runWith(one, given);
			const message = new RegExp(`^${field.label}( .+)? is not a date$`);
			expect([what, error]).toEqual([what, expect.stringMatching(message)]);
			expect(sent).not.toMatch(/null|undefined|invalid/i);
		}
	});

	it('F11: left empty by an expression, it is missing or not given', async () => {
		for (const given of EMPTY) {
			const { error, seen, sent } = await runWith(one, given);
			expect(sent).not.toMatch(/null|undefined|invalid/i);
			const refused = field.missing ?? (given.includes('"') ? field.emptied : undefined);
			if (refused !== undefined) expect([given, error]).toEqual([given, refused]);
			else expect([given, error, seen]).toEqual([given, null, field.without]);
		}
	});
});

const ofDays = CASES.filter(({ field }) => field.expected === DAY);
const ZONES = ['Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kolkata', 'Europe/Berlin'];

it.each(ofDays)('F11: $title: is the day in the zone of the workflow', async (one) => {
	for (const zone of ZONES) {
		const at = (time: string) => `DateTime.fromISO('2099-03-31T${time}', { zone: '${zone}' })`;
		const given = [
			DAY,
			`${DAY} 23:59`,
			`={{ ${at('00:00')} }}`,
			`={{ ${at('23:59:59.999')}.toUTC() }}`,
		];
		given.push(`={{ new Date(${at('00:00')}.toMillis()) }}`, `={{ ${at('23:59')}.toMillis() }}`);
		for (const way of given) {
			expect([zone, way, (await runWith(one, way, zone)).seen]).toEqual([zone, way, DAY]);
		}
	}
});

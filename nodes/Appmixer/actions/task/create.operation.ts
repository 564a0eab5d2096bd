import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { signedUrl } from '../../../shared/trigger/callbackToken';
import { fieldError } from '../../../shared/http/nodeErrors';
import { notice } from '../../../shared/items/fields/makeField';
import { simplify } from '../../../shared/items/fields/runFields';
import { type FieldReader } from '../../../shared/items/fields/fieldReader';
import { doneInRun } from '../../../shared/items/doneInRun';
import { withNote } from '../../../shared/items/notKept';
import type { ItemOperation } from '../../../shared/items/operations';
import { refuseUnanswerable } from '../../answerable';
import { approvalLinks } from '../../approvalLinks';
import { createTask, CREDENTIAL, openApi, type AppmixerApi } from '../../api';
import { registerPatiently } from '../../callback';
import { warnOfCapitals } from '../../capitals';
import {
	approverField,
	decisionByField,
	descriptionField,
	readDecisionBy,
	readRequest,
	requesterField,
	titleField,
	toWebAddress,
} from '../../fields';
import { taskOutput } from '../../output';
import { idOf, SECRETS } from '../../task';
import { mayApproveOption, ownApprovalOf, requesterMayApprove } from '../../whoMayApprove';

const notifyUrlField: INodeProperties = {
	displayName: 'Notify Webhook URL',
	name: 'notifyUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/…',
	description:
		'Webhook URL of an Appmixer People Task Trigger that shall also watch this task. Needs the same Callback Secret in the credential of both nodes.',
};

const includeLinksField: INodeProperties = {
	displayName: 'Include Approval Links',
	name: 'includeLinks',
	type: 'boolean',
	default: false,
	description:
		'Whether to return the secrets and links with which the task can be decided. Whoever sees an approver secret, also in the execution log, can decide all tasks of that approver, for ever.',
};

/** What makes it another task: not the date, which may be another in each try. */
const ASKED = [titleField, requesterField, approverField, descriptionField].map(({ name }) => name);

export const create: ItemOperation = {
	name: 'Create',
	description: 'Create a task that a person approves or rejects',
	action: 'Create a task',
	access: 'write',
	once: true,
	fields: [
		notice(
			'mailNotice',
			'Appmixer sends no e-mail. To tell the approver, turn on Include Approval Links and send a message in the next node.',
		),
		titleField,
		requesterField,
		approverField,
		{ ...decisionByField, required: true },
		descriptionField,
		simplify,
	],
	options: [includeLinksField, mayApproveOption, notifyUrlField],
	secrets: [...SECRETS, 'links'],
	async prepare(read) {
		const { itemIndex } = read;
		const options = read.options();
		const simple = read.simple();
		const withLinks = options.isOn(includeLinksField);
		const body = { ...readRequest(read), decisionBy: readDecisionBy(read) };
		warnOfCapitals(this, body.approver);
		const own = withLinks && !requesterMayApprove(this.getNode(), read);
		const refusal = own ? ownApprovalOf(this.getNode(), body, itemIndex) : null;
		if (refusal) throw refusal;
		const notify = await readNotify(this, options);
		if (notify) refuseUnanswerable(this.getNode(), body, descriptionField, itemIndex);
		return async () => {
			const api = await openApi(this);
			const doing = { item: itemIndex, what: 'create', asked: ASKED, secrets: SECRETS };
			const { result: raw, notKept } = await doneInRun(
				this,
				{ ...doing, once: true },
				async () => await createTask(api, body),
			);
			const output = taskOutput(raw, simple);
			if (notify) await register(api, idOf(raw), signedUrl(notify.url, notify.key, idOf(raw)));
			if (!withLinks) return output;
			// another process made the task: its secrets are told once, and links without them are none
			if (notKept.length > 0) return withNote(output, [...SECRETS, 'links']);
			return { ...output, ...(await approvalLinks(api, raw)) };
		};
	},
};

/** Where the trigger listens, with the key that signs its URLs; `null` when it is not to be told. */
async function readNotify(context: IExecuteFunctions, read: FieldReader) {
	const advice = 'Copy the Production URL from the trigger.';
	const url = read.ifGiven(notifyUrlField, (field) =>
		read.as(field, 'a URL', toWebAddress, advice),
	);
	if (url === undefined) return null;
	const { callbackSecret } = await context.getCredentials(CREDENTIAL, read.itemIndex);
	if (typeof callbackSecret === 'string' && callbackSecret !== '')
		return { url, key: callbackSecret };
	throw read.error(
		'Notify Webhook URL needs a Callback Secret',
		'Enter a Callback Secret in the Appmixer credential of this node and of the trigger: it proves that a call comes from Appmixer.',
	);
}

async function register(api: AppmixerApi, taskId: string, url: string): Promise<void> {
	try {
		await registerPatiently(api, taskId, url);
	} catch (error) {
		const failure = fieldError(
			api.context.getNode(),
			`Task ${taskId} was created, but the trigger does not watch it`,
			`${(error as Error).message}. Do not create it again: register the URL with Webhook → Create, or publish the trigger's workflow again.`,
		);
		throw failure;
	}
}

import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { toInstant } from '../shared/items/dates';
import { locator } from '../shared/items/fields/locator';
import { fieldError } from '../shared/http/errors';

/** Read it with `readTaskId`. */
export const taskIdField = locator('Task', 'taskId', 'searchTasks', 'The task to work on', {
	placeholder: 'e.g. 0b54ae17-88c7-4d0e-8f1d-6c2c6a7b1f3e',
});

export const titleField: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Purchase of 3 laptops',
	description: 'What is asked for, in one line',
};

export const requesterField: INodeProperties = {
	displayName: 'Requester E-Mail',
	name: 'requester',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. ada@example.com',
	description: 'Who asks',
};

export const approverField: INodeProperties = {
	displayName: 'Approver E-Mail',
	name: 'approver',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. grace@example.com',
	description: 'Who decides',
};

export const decisionByField: INodeProperties = {
	displayName: 'Decision By',
	name: 'decisionBy',
	type: 'dateTime',
	default: '',
	description:
		'Until when the decision is needed, in the time zone of the workflow. After it the task is "due", but can still be approved or rejected.',
};

export const descriptionField: INodeProperties = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	placeholder: 'e.g. Three laptops for the **new team**, 4,500 EUR',
	description: 'What the approver needs to know, in Markdown',
};

/** For operations on one task that only the approver, or whoever has the secret, may do. */
export const approverSecretField: INodeProperties = {
	displayName: 'Approver Secret',
	name: 'secret',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description:
		'Needed unless the login of the credential is the approver. Create returns it with "Include Approval Links".',
};

/** For reading tasks of people other than the login. */
export const readSecretField: INodeProperties = {
	displayName: 'Approver or Requester Secret',
	name: 'secret',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'Reads the tasks of the person with this secret instead of those of the login',
};

/** @throws NodeOperationError when it is empty. */
export function readTaskId(context: IExecuteFunctions, itemIndex: number): string {
	const taskId = context.getNodeParameter('taskId', itemIndex, '', { extractValue: true });
	const text = typeof taskId === 'string' ? taskId.trim() : '';
	if (text !== '') return text;
	throw fieldError(
		context.getNode(),
		'Task is empty',
		'Choose a task from the list, or enter its ID.',
		itemIndex,
	);
}

/** @throws NodeOperationError when it is empty. */
export function readText(
	context: IExecuteFunctions,
	name: string,
	label: string,
	itemIndex: number,
): string {
	const value = context.getNodeParameter(name, itemIndex, '');
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (text !== '') return text;
	throw fieldError(
		context.getNode(),
		`${label} is empty`,
		`Enter a value for ${label}.`,
		itemIndex,
	);
}

/** @throws NodeOperationError when it does not look like an e-mail address that Appmixer takes. */
export function checkEmail(
	context: IExecuteFunctions,
	label: string,
	email: string,
	itemIndex: number,
): string {
	if (/^[^\s@<>(),;:"]+@[^\s@.]+(\.[^\s@.]+)*\.[a-z][a-z0-9-]+$/i.test(email)) return email;
	throw fieldError(
		context.getNode(),
		`${label} "${email}" is not an e-mail address`,
		'Enter one address, such as ada@example.com. Appmixer takes only addresses with a public top-level domain.',
		itemIndex,
	);
}

export const readEmail = (
	context: IExecuteFunctions,
	name: string,
	label: string,
	itemIndex: number,
) => checkEmail(context, label, readText(context, name, label, itemIndex), itemIndex);

/** An instant in the future as ISO 8601 UTC. Appmixer makes a task without one, or with a past one, due at once. */
export function checkDecisionBy(
	context: IExecuteFunctions,
	value: unknown,
	itemIndex: number,
): string {
	const instant = toInstant(value, context.getTimezone());
	if (!instant) {
		throw fieldError(
			context.getNode(),
			value ? `Decision By "${String(value)}" is not a date` : 'Decision By is empty',
			'Pick a date and time in the future. Appmixer makes a task without one due at once.',
			itemIndex,
		);
	}
	if (Date.parse(instant) <= Date.now()) {
		throw fieldError(
			context.getNode(),
			`Decision By ${instant} lies in the past`,
			'Pick a date and time in the future. Appmixer makes such a task due at once.',
			itemIndex,
		);
	}
	return instant;
}

/** The operation's optional settings. */
export const readOptions = (context: IExecuteFunctions, itemIndex: number) =>
	context.getNodeParameter('options', itemIndex, {}) as IDataObject;

/** The secret in an operation's options, if there is one. */
export function readSecret(context: IExecuteFunctions, itemIndex: number): string | undefined {
	const { secret } = readOptions(context, itemIndex);
	return typeof secret === 'string' && secret.trim() !== '' ? secret.trim() : undefined;
}

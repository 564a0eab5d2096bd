import type { INodeProperties } from 'n8n-workflow';

import { locator } from '../shared/items/fields/locator';
import type { Field, FieldReader } from '../shared/items/fields/fieldReader';
import { toText } from '../shared/items/fields/givenValues';

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
	description: 'Who decides, spelt as in their login: capital letters count',
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

/** What a new task says, and for whom. Without keys that are empty: Appmixer refuses them. */
export function readWords(read: FieldReader, about: Field = descriptionField) {
	const description = read.written(about);
	return {
		title: read.text(titleField),
		requester: read.email(requesterField),
		...(description.trim() !== '' && { description }),
	};
}

/** As `readWords`, and to whom. */
export const readRequest = (read: FieldReader) => ({
	...readWords(read),
	approver: read.email(approverField),
});

/** An instant in the future. Appmixer makes a task without one, or with a past one, due at once. */
export function readDecisionBy(read: FieldReader): string {
	const advice =
		'Pick a date and time in the future. Appmixer makes a task without one due at once.';
	const instant = read.instant(decisionByField, advice);
	if (Date.parse(instant) > Date.now()) return instant;
	throw read.error(
		`${decisionByField.displayName} ${instant} lies in the past`,
		'Pick a date and time in the future. Appmixer makes such a task due at once.',
	);
}

/** The address in a field; `undefined` when it is none that Appmixer could call. */
export function toWebAddress(given: unknown): string | undefined {
	const url = toText(given) ?? '';
	return /^https?:\/\//.test(url) && URL.canParse(url) ? url : undefined;
}

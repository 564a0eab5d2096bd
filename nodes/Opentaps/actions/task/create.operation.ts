import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { choiceField, additionalFieldsCollection } from '../../../shared/items/fields/makeField';
import { simplify } from '../../../shared/items/fields/runFields';
import { filled } from '../../../shared/items/fields/filled';
import type { ItemOperation } from '../../../shared/items/operations';
import { createRecord, type Form } from '../../api';
import { prefixed } from '../../customFields';
import {
	assignedContactField,
	responsibleContactField,
	scheduledField,
	statusField,
	textField,
} from '../../fields';
import { writtenOutput } from '../../output';
import { createOnlyFields, readCreateOnly, readRecordFields } from '../../recordFields';
import { attributesOf, idOf } from '../../task';

/** Documented on output only. */
const TASK_FIELDS = ['scheduledDateTime', 'assignedToContact', 'responsibleContactId'];

const endpointField = choiceField('Endpoint', 'endpoint', '/activities', {
	description: 'Where the task is sent to',
	choices: {
		Activities: ['/activities', 'A task is an activity of type TASK'],
		Task: ['/task', 'Mentioned by the documentation, not described'],
	},
});

const fieldNamesField = choiceField('Field Names', 'fieldNames', 'prefixed', {
	description:
		'How time and contacts are named when sent. Prefixed is documented for fields in general; for these three it is not documented at all.',
	choices: {
		Both: ['both', 'For a server nobody knows'],
		Plain: ['plain', 'As in scheduledDateTime'],
		Prefixed: ['prefixed', 'As in note_field_scheduledDateTime'],
	},
});

export const create: ItemOperation = {
	name: 'Create',
	description: 'Create a task for a contact, to be done at a time',
	action: 'Create a task',
	access: 'write',
	once: true,
	madeId: idOf,
	fields: [
		textField,
		scheduledField,
		assignedContactField,
		additionalFieldsCollection([...createOnlyFields, responsibleContactField, statusField]),
		simplify,
	],
	options: [endpointField, fieldNamesField],
	prepare(read) {
		const simple = read.simple();
		const options = read.options();
		const path = options.choice<'/activities' | '/task'>(endpointField);
		const noteText = read.text(textField);
		const given = read.within('additionalFields');
		const fields: Form = {
			...readRecordFields(given),
			...filled({
				scheduledDateTime: read.ifGiven(scheduledField, read.instant),
				assignedToContact: read.ifGiven(assignedContactField, read.text),
			}),
			activityType: 'TASK',
		};
		const form = {
			noteText,
			...named(fields, options.choice(fieldNamesField)),
			...readCreateOnly(given),
		};
		return async () => {
			const raw = await createRecord(this, path, 'task', form);
			warnOfLost(this, fields, raw);
			return await writtenOutput(this, 'task', simple, { ...fields, noteText }, raw);
		};
	},
};

function named(fields: Form, fieldNames: string): Form {
	const own = Object.entries(fields).filter(([name]) => TASK_FIELDS.includes(name));
	const others = Object.entries(fields).filter(([name]) => !TASK_FIELDS.includes(name));
	return {
		...prefixed(Object.fromEntries(others)),
		...(fieldNames !== 'plain' && prefixed(Object.fromEntries(own))),
		...(fieldNames !== 'prefixed' && Object.fromEntries(own)),
	};
}

/** A server that reads these fields under other names drops them without a word. */
function warnOfLost(context: IExecuteFunctions, sent: Form, raw: IDataObject | null): void {
	const stored = raw === null ? {} : attributesOf(raw);
	if (stored.noteText === undefined) return;
	const lost = TASK_FIELDS.filter((name) => sent[name] && stored[name] === undefined);
	if (lost.length === 0) return;
	context.addExecutionHints({
		message: `opentaps CRM2 stored the task without ${lost.join(', ')}. Choose other Field Names in Options.`,
		type: 'warning',
		location: 'outputPane',
	});
}

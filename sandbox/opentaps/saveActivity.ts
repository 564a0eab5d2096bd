import type { Parameters } from './authenticate';
import type { OpentapsUser } from './options';
import type { OpentapsParts } from './parts';
import { refusal, unknown } from './refuse';
import type { Activity } from './store';
import { linkTag } from './tagOnSave';

const PREFIX = 'note_field_';
const TASK_FIELDS = ['scheduledDateTime', 'assignedToContact', 'responsibleContactId'];
/** Parameters that are no fields of the record. */
const NO_FIELDS = ['authToken', 'clientDomain', 'partial', 'activityId', 'noteId', 'noteText'];
const ABOUT_OTHERS = /^(tag(Name|Url|Keywords)|contactTagName|created_by_user_.*)$/;

/** Types are always in upper case, and only those of the domain ("CRM-2 Administrative API"). */
function checkType(value: string, { options }: OpentapsParts): string {
	const type = value.toUpperCase();
	if (options.activityTypes.includes(type)) return type;
	throw refusal(400, `Activity type ${type} is not valid`);
}

/** Assumption: an ID of a contact nobody knows is refused; several are separated by commas. */
function contactsIn(value: string, { options }: OpentapsParts): string[] {
	const ids = value.split(',').filter((id) => id !== '');
	for (const id of ids) {
		if (!options.users.some(({ contactId }) => contactId === id)) throw unknown('Contact', options);
	}
	return ids;
}

function write(activity: Activity, fields: Parameters, parts: OpentapsParts): void {
	const { assignedToContact, ...rest } = fields;
	if (rest.activityType !== undefined) rest.activityType = checkType(rest.activityType, parts);
	if (rest.scheduledDateTime && Number.isNaN(Date.parse(rest.scheduledDateTime))) {
		// Assumption: whatever a Java or Mongo server can read as a date is taken
		throw refusal(400, 'scheduledDateTime is not a date');
	}
	if (rest.responsibleContactId) contactsIn(rest.responsibleContactId, parts);
	if (assignedToContact !== undefined) activity.assignedTo = contactsIn(assignedToContact, parts);
	Object.assign(activity.fields, rest);
}

/** Fields of a POST: prefixed (the wiki); of the task's own, under the names the switch says. */
function fieldsOfCreate(sent: Parameters, { options }: OpentapsParts): Parameters {
	const fields: Parameters = {};
	for (const [name, value] of Object.entries(sent)) {
		const bare = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : null;
		if (bare !== null && TASK_FIELDS.includes(bare) && options.taskFieldNames === 'plain') continue;
		if (bare !== null) fields[bare] = value;
		else if (TASK_FIELDS.includes(name) && options.taskFieldNames !== 'prefixed') {
			fields[name] = value;
		}
		// Assumption: other parameters without the prefix are not stored
	}
	return fields;
}

/** POST /activities, POST /task. */
export function createActivity(
	sent: Parameters,
	createdBy: OpentapsUser,
	parts: OpentapsParts,
	type?: string,
): Activity {
	// Assumption: an activity without text is refused
	if (!sent.noteText) throw refusal(400, 'noteText is required');
	const draft = {
		fields: { activityType: 'NOTE', status: 'CREATED' },
		assignedTo: [],
	} as unknown as Activity;
	write(draft, { ...fieldsOfCreate(sent, parts), ...(type && { activityType: type }) }, parts);
	const activity = parts.store.add({
		noteText: sent.noteText,
		createdBy,
		fields: draft.fields,
		assignedTo: draft.assignedTo,
	});
	linkTag(activity, sent, parts);
	return activity;
}

/** PUT /activities/{id}: bare names (processFollowUp.rb). Without `partial=Yes` the record is replaced, or not. */
export function updateActivity(activity: Activity, sent: Parameters, parts: OpentapsParts): void {
	const isPartial = sent.partial === 'Yes' || parts.options.withoutPartial === 'kept';
	if (!isPartial) {
		const { activityType } = activity.fields;
		activity.fields = { activityType, status: 'CREATED' };
		activity.assignedTo = [];
		activity.noteText = '';
	}
	if (sent.noteText !== undefined) activity.noteText = sent.noteText;
	const isField = ([name]: [string, string]) =>
		!NO_FIELDS.includes(name) && !ABOUT_OTHERS.test(name);
	write(activity, Object.fromEntries(Object.entries(sent).filter(isField)), parts);
}

/** POST /activities with an ID among the fields. */
export function upsertActivity(activity: Activity, sent: Parameters, parts: OpentapsParts): void {
	if (sent.noteText) activity.noteText = sent.noteText;
	write(activity, fieldsOfCreate(sent, parts), parts);
}

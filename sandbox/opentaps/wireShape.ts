import type { OpentapsOptions } from './options';
import type { Activity } from './store';

/** Fields the scripts of 2015 read from the top of a record; the others are its `attributes`. */
const TOP_LEVEL = ['activityType', 'status', 'scheduledDateTime', 'responsibleContactId'];

/** The wiki's `YYYY-MM-DD HH:mm:ss.SSS`. Assumption: it is UTC. */
const spaced = (date: Date) => date.toISOString().replace('T', ' ').replace('Z', '');

const shownDate = (value: string, { dates }: OpentapsOptions) =>
	dates === 'asSent' ? value : spaced(new Date(value));

function assignees({ assignedTo }: Activity, { assignees: shape, users }: OpentapsOptions) {
	if (shape === 'list') return assignedTo;
	const nameOf = (id: string) => users.find(({ contactId }) => contactId === id)?.fullName ?? '';
	return Object.fromEntries(assignedTo.map((id) => [id, nameOf(id)]));
}

const isFilled = ([, value]: [string, unknown]) => value !== undefined && value !== '';

function shownFields(activity: Activity, options: OpentapsOptions): Array<[string, unknown]> {
	const fields = Object.entries(activity.fields).map(([name, value]): [string, unknown] => [
		name,
		name === 'scheduledDateTime' && value !== '' ? shownDate(value, options) : value,
	]);
	if (activity.assignedTo.length > 0)
		fields.push(['assignedToContact', assignees(activity, options)]);
	return fields.filter(isFilled);
}

/** W-act 7364: wrapped in `note`, fields prefixed. Assumption: that holds for the fields of a task as well. */
function in2013(activity: Activity, options: OpentapsOptions): object {
	const { id, noteText, sequenceNum, createdAt, createdBy } = activity;
	const prefixed = shownFields(activity, options).map(([name, value]) => [
		`note_field_${name}`,
		value,
	]);
	return {
		note: {
			noteId: id,
			noteText,
			sequenceNum,
			clientDomain: options.clientDomain,
			dateTimeCreated: spaced(createdAt),
			createdByUser: {
				id: createdBy.contactId,
				name: createdBy.fullName,
				photo: '',
				userType: 'INTERNAL',
				userInfoUrl: '',
			},
			...(Object.fromEntries(prefixed) as object),
		},
	};
}

/** automation/daily_activities_email.py and processFollowUp.rb: flat, with `_id` and `attributes`. */
function in2015(activity: Activity, options: OpentapsOptions): object {
	const { id, noteText, sequenceNum, createdAt } = activity;
	const isOwn = ([name]: [string, unknown]) =>
		TOP_LEVEL.includes(name) || name === 'assignedToContact';
	const shown = shownFields(activity, options);
	return {
		_id: id,
		noteText,
		...(options.showsSequenceNum && { sequenceNum }),
		clientDomain: options.clientDomain,
		dateTimeCreated: spaced(createdAt),
		...Object.fromEntries(shown.filter(isOwn)),
		attributes: Object.fromEntries(shown.filter((field) => !isOwn(field))),
	};
}

export const activityOnWire = (activity: Activity, options: OpentapsOptions): object =>
	options.generation === '2013' ? in2013(activity, options) : in2015(activity, options);

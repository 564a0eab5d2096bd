import type { IDataObject } from 'n8n-workflow';

import { toTaskDate } from '../shared/items/wireDates';
import type { Person, Task, TaskState } from '../shared/task';
import { field, isRecord, textField } from './readWire';

/**
 * A task in a list: one assignee's copy. Only its identifiers are known, from the paths that take them; the other
 * names are read in every likely spelling.
 * https://help.integrify.com/integrify-help/admin-guide/processes
 */
export type NutrientTask = IDataObject;

/**
 * A request, in the API "instance".
 * https://developer.integrify.com/rest/Instances/instance-user-list
 */
export type NutrientRequest = IDataObject;

/** Words of the vendor's help pages, in lower case without separators. The decision is not among them. */
const STATUS: Record<string, TaskState> = {
	started: 'open',
	inprogress: 'open',
	open: 'open',
	completed: 'done',
	cancelled: 'cancelled',
	canceled: 'cancelled',
	reassigned: 'cancelled',
	timedout: 'cancelled',
};

const wordOf = (status: string | null) => (status ?? '').toLowerCase().replace(/[^a-z]/g, '');

/** Whether the vendor's pages have this word for the state of a task. */
export const isKnownStatus = (status: string | null) => Object.hasOwn(STATUS, wordOf(status));

/** An unknown word counts as open. */
export const stateOf = (status: string | null): TaskState =>
	isKnownStatus(status) ? STATUS[wordOf(status)] : 'open';

/** The service's own word for the state of a task. */
export const statusOf = (raw: NutrientTask) =>
	textField(raw, 'taskstate', 'taskstatus', 'status', 'state');

const RECIPIENT_TASK_ID = [
	'recipienttasksid',
	'reciptasksid',
	'recipienttaskguid',
	'recipienttaskid',
];
const TASK_ID = [...RECIPIENT_TASK_ID, 'sid', 'guid'];
const REQUEST_ID = ['instancesid', 'instanceguid', 'requestsid', 'sid', 'guid'];

/** What approvals and completions name; empty when the task has none. */
export const taskIdOf = (raw: NutrientTask) => textField(raw, ...TASK_ID) ?? '';

/** The same of anything that may be no task, where `sid` is its own. */
export const recipientTaskIdOf = (raw: IDataObject) => textField(raw, ...RECIPIENT_TASK_ID) ?? '';

/** The SID, not the number; empty when there is none. */
export const requestIdOf = (raw: NutrientRequest) => textField(raw, ...REQUEST_ID) ?? '';

/** The SID of the request a task belongs to. */
export const requestOfTask = (raw: NutrientTask) =>
	textField(raw, ...REQUEST_ID.filter((name) => !['sid', 'guid'].includes(name))) ?? '';

/** When a task began, as the row has it. */
export const begunOf = (raw: NutrientTask) =>
	field(raw, 'startdate', 'createddate', 'started', 'created');

/** When a task ended, as the row has it. */
export const endedOf = (raw: NutrientTask) =>
	field(raw, 'completeddate', 'datecompleted', 'enddate');

/** The Task record. `decision` stays `null`: the options are the process designer's own words. */
export function toTask(raw: NutrientTask): Task {
	const status = statusOf(raw);
	return {
		id: taskIdOf(raw),
		title: textField(raw, 'taskname', 'name', 'title'),
		description: textField(raw, 'description', 'taskdescription', 'requestname', 'instancename'),
		status,
		state: stateOf(status),
		decision: null,
		requester: person(raw, 'requester', 'initiator'),
		assignee: person(raw, 'recipient', 'assignee', 'assignedto', 'contact'),
		dueAt: toTaskDate(field(raw, 'duedate', 'datedue', 'due')),
		createdAt: toTaskDate(begunOf(raw)),
		updatedAt: toTaskDate(field(raw, 'modifieddate', 'updateddate', 'lastupdated')),
		decidedAt: toTaskDate(endedOf(raw)),
		url: null,
		source: 'nutrient',
	};
}

/** The Task record of a request. Its status is the last milestone, the text people see. */
export function toRequest(answer: NutrientRequest): Task {
	const raw = isRecord(answer.request) ? answer.request : answer;
	const state = textField(raw, 'state', 'status');
	return {
		id: requestIdOf(raw),
		title: textField(raw, 'requestname', 'instancename', 'name'),
		description: textField(raw, 'processname', 'description'),
		status: textField(raw, 'lastmilestone') ?? state,
		state: stateOf(state),
		decision: null,
		requester: person(raw, 'requester', 'initiator'),
		assignee: null,
		dueAt: toTaskDate(field(raw, 'duedate')),
		createdAt: toTaskDate(field(raw, 'createddate', 'startdate', 'submitteddate', 'created')),
		updatedAt: toTaskDate(field(raw, 'lastmilestonedate', 'modifieddate')),
		decidedAt: toTaskDate(field(raw, 'completeddate', 'enddate')),
		url: null,
		source: 'nutrient',
	};
}

/** The first of these roles that is filled: `recipientName`, `recipientEmail`, `recipientSid`, or all in one. */
function person(raw: IDataObject, ...roles: string[]): Person | null {
	for (const role of roles) {
		const whole = field(raw, role);
		const found = isRecord(whole)
			? {
					id: textField(whole, 'sid', 'guid', 'id'),
					name: textField(whole, 'name', 'fullname', 'displayname', 'username'),
					email: textField(whole, 'email'),
				}
			: {
					id: textField(raw, `${role}sid`, `${role}guid`),
					name: textField(raw, `${role}name`, role),
					email: textField(raw, `${role}email`),
				};
		if (found.id ?? found.name ?? found.email) return found;
	}
	return null;
}

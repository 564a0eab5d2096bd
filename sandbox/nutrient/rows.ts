import type { NutrientOptions, NutrientUser } from './options';
import type { Instance, ProcessTask, RecipientTask, Store } from './store';

type Row = Record<string, unknown>;

const fullName = (user: NutrientUser | undefined) =>
	user ? `${user.firstName} ${user.lastName}` : null;

const userOf = ({ users }: NutrientOptions, sid: string | null) =>
	users.find((user) => user.sid === sid);

function requesterOf(instance: Instance | undefined, options: NutrientOptions): Row {
	const requester = userOf(options, instance?.initiatorSid ?? null);
	return {
		requesterName: fullName(requester),
		...(options.requesterEmails && { requesterEmail: requester?.email }),
	};
}

/** A task in a list. Assumption: the names of the fields; only `recipientTaskSid` and the like are in paths. */
export function taskRow(task: RecipientTask, store: Store, options: NutrientOptions): Row {
	const instance = store.instances.find(({ sid }) => sid === task.instanceSid);
	const recipient = userOf(options, task.recipientSid);
	return {
		...(options.ownTaskIds && {
			recipientTaskSid: task.recipientTaskSid,
			instanceTaskSid: task.instanceTaskSid,
		}),
		instanceSid: task.instanceSid,
		processSid: instance?.processSid,
		requestName: instance?.name,
		requestId: instance?.id,
		taskName: task.name,
		taskType: task.taskType,
		taskState: task.state,
		recipientName: fullName(recipient),
		recipientEmail: recipient?.email,
		...requesterOf(instance, options),
		startDate: task.createdDate,
		dueDate: task.dueDate,
		completedDate: task.completedDate,
	};
}

/** A request of the v8 services. Assumption: the names of the fields. */
export function instanceRow(instance: Instance, options: NutrientOptions): Row {
	return {
		sid: instance.sid,
		id: instance.id,
		name: instance.name,
		processSid: instance.processSid,
		state: instance.state,
		lastMilestone: instance.lastMilestone,
		lastMilestoneDate: instance.lastMilestoneDate,
		...requesterOf(instance, options),
		clientSid: instance.clientSid,
		createdDate: instance.createdDate,
	};
}

/** A request of `/instances/mine`. Source: developer.integrify.com/rest/Instances/instance-user-list. */
export function mineRow(instance: Instance, r: number, store: Store): Row {
	const process = store.processes.find(({ sid }) => sid === instance.processSid);
	return {
		r,
		sid: instance.sid,
		id: instance.id,
		name: instance.name,
		process_id: process?.id,
		process_sid: instance.processSid,
		process_name: process?.name,
		publish_status: process?.publishStatus,
		last_milestone: instance.lastMilestone,
		last_milestone_date: instance.lastMilestoneDate,
		state: instance.state,
		created_date: instance.createdDate,
	};
}

/** A user without what nobody may see. Assumption: camelCase names, as in the claims of the vendor's tokens. */
export function userRow({ sid, userName, firstName, lastName, email }: NutrientUser): Row {
	return { sid, userName, firstName, lastName, email };
}

export const designRow = ({ processTaskSid, name, taskType }: ProcessTask): Row => ({
	processTaskSid,
	name,
	taskType,
});

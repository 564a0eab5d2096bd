import { randomUUID } from 'node:crypto';

import type { Clock } from '../clock';
import type { NutrientOptions, NutrientUser } from './options';
import { refusal } from './refuse';
import type { RestCalls } from './restCalls';
import { createSteps, type Said } from './steps';
import type { Instance, Process, ProcessTask, RecipientTask, Store } from './store';

export interface NewRequest {
	requestName?: string;
	clientSid?: string;
	parentSid?: string;
	data?: Record<string, unknown>;
}

/** What happens to requests and tasks, whoever asks for it. */
export interface Workflow {
	process(sid: string): Process;
	instance(sid: string): Instance;
	task(recipientTaskSid: string): RecipientTask;
	design(task: RecipientTask): ProcessTask;
	start(process: Process, initiator: NutrientUser, request: NewRequest): Instance;
	/** Gives a task of the design to these people, or to the system. */
	assign(
		instance: Instance,
		design: ProcessTask,
		recipients: Array<NutrientUser | null>,
		dueDate?: string,
	): RecipientTask[];
	/** @throws 403 unless the caller is the recipient, 400 when the task has ended. */
	openFor(recipientTaskSid: string, caller: NutrientUser): RecipientTask;
	/** With `beforeStored`: sends what will be sent when this option is chosen, if that completes the task. */
	callAhead(task: RecipientTask, said: Said): Promise<void>;
	decide(task: RecipientTask, label: string, comments: string): void;
	complete(task: RecipientTask, data: Record<string, unknown>): void;
	/** Ends a task that nobody has completed in time, for all of its recipients. */
	timeOut(task: RecipientTask): void;
	/** What follows a task that is complete, for all of its recipients. */
	stepDone(task: RecipientTask, said?: Said): void;
	cancel(instance: Instance): void;
	reassign(task: RecipientTask, to: NutrientUser): RecipientTask;
}

const ENDED = ['Completed', 'Cancelled', 'Reassigned', 'Timed Out'];
export const hasEnded = ({ state }: { state: string }) => ENDED.includes(state);

/** Sources: the vendor's help pages on approval tasks, assignment, time-outs, and managing requests and tasks. */
export function createWorkflow(
	store: Store,
	clock: Clock,
	options: NutrientOptions,
	calls: RestCalls,
): Workflow {
	const steps = createSteps(store, options, calls, () => workflow, end);
	const now = () => new Date(clock.now()).toISOString();
	let nextId = 1001;

	function found<T>(value: T | undefined, what: string): T {
		if (value === undefined) throw refusal(404, `${what} not found`);
		return value;
	}

	function end(task: RecipientTask, state: string): void {
		Object.assign(task, { state, completedDate: now() });
	}

	// Assumption: a request has ended when none of its tasks is open.
	function settle(instanceSid: string): void {
		const tasks = store.tasks.filter((task) => task.instanceSid === instanceSid);
		if (!tasks.every(hasEnded)) return;
		const instance = workflow.instance(instanceSid);
		if (!hasEnded(instance)) milestone(instance, 'Completed', 'Completed');
	}

	function milestone(instance: Instance, lastMilestone: string, state = instance.state): void {
		Object.assign(instance, { lastMilestone, lastMilestoneDate: now(), state });
	}

	const copiesOf = ({ instanceTaskSid }: RecipientTask) =>
		store.tasks.filter((task) => task.instanceTaskSid === instanceTaskSid && !hasEnded(task));

	function optionOf(task: RecipientTask, label: string) {
		const option = workflow.design(task).options?.find((each) => each.label === label);
		if (!option) throw refusal(400, `"${label}" is not an option of this task`);
		return option;
	}

	const workflow: Workflow = {
		process: (sid) =>
			found(
				store.processes.find((process) => process.sid === sid),
				'Process',
			),
		instance: (sid) =>
			found(
				store.instances.find((instance) => instance.sid === sid),
				'Instance',
			),
		task: (sid) =>
			found(
				store.tasks.find((task) => task.recipientTaskSid === sid),
				'Task',
			),
		design({ processTaskSid }) {
			const all = store.processes.flatMap(({ tasks }) => tasks);
			return found(
				all.find((design) => design.processTaskSid === processTaskSid),
				'Task',
			);
		},

		start(process, initiator, { requestName, clientSid, parentSid, data = {} }) {
			const id = nextId++;
			const instance: Instance = {
				sid: randomUUID(),
				id,
				name: requestName || `${process.name} ${id}`,
				processSid: process.sid,
				state: 'Started',
				lastMilestone: 'Started',
				lastMilestoneDate: now(),
				initiatorSid: initiator.sid,
				clientSid: clientSid ?? null,
				parentSid: parentSid ?? null,
				createdDate: now(),
				data,
			};
			store.instances.push(instance);
			for (const design of process.tasks.filter(({ isFirst }) => isFirst)) {
				if (design.taskType === 'restClient') void steps.call(design, instance.sid);
				else workflow.assign(instance, design, [initiator]);
			}
			return instance;
		},

		assign(instance, design, recipients, dueDate) {
			const instanceTaskSid = randomUUID();
			const copies = recipients.map((recipient): RecipientTask => ({
				recipientTaskSid: randomUUID(),
				instanceTaskSid,
				processTaskSid: design.processTaskSid,
				instanceSid: instance.sid,
				name: design.name,
				taskType: design.taskType,
				state: 'Started',
				recipientSid: recipient?.sid ?? null,
				createdDate: now(),
				dueDate: dueDate ?? null,
				completedDate: null,
				decision: null,
				comments: null,
				data: {},
			}));
			store.tasks.push(...copies);
			return copies;
		},

		openFor(sid, caller) {
			const task = workflow.task(sid);
			if (task.recipientSid !== caller.sid) {
				throw refusal(403, 'Permission denied', 'You are not a recipient of this task');
			}
			if (hasEnded(task)) throw refusal(400, 'The task is not active');
			return task;
		},

		async callAhead(task, { option = '', comments }) {
			const isLast = copiesOf(task).length === 1;
			if (isLast || optionOf(task, option).completesTask) {
				await steps.callAhead(task, { option, comments });
			}
		},

		decide(task, label, comments) {
			const option = optionOf(task, label);
			Object.assign(task, { decision: label, comments });
			end(task, 'Completed');
			// A denial or a flagged option ends the task for the others too; else all must choose.
			if (option.completesTask) for (const copy of copiesOf(task)) end(copy, options.othersEndAs);
			// "The chosen option … does not by itself alter the request's status."
			workflow.stepDone(task, { option: label, comments });
		},

		complete(task, data) {
			Object.assign(task.data, data);
			end(task, 'Completed');
			workflow.stepDone(task);
		},

		// Assumption: what follows is what follows a completed step.
		timeOut(task) {
			for (const copy of copiesOf(task)) end(copy, 'Timed Out');
			workflow.stepDone(task);
		},

		stepDone(task, said) {
			if (copiesOf(task).length === 0) steps.follow(task, said);
			settle(task.instanceSid);
		},

		cancel(instance) {
			if (hasEnded(instance)) throw refusal(400, 'The request has ended');
			for (const task of store.tasks) {
				if (task.instanceSid === instance.sid && !hasEnded(task)) end(task, 'Cancelled');
			}
			milestone(instance, 'Cancelled', 'Cancelled');
		},

		// Assumption: the new assignee gets a copy of their own.
		reassign(task, to) {
			end(task, 'Reassigned');
			const copy = {
				...task,
				recipientTaskSid: randomUUID(),
				recipientSid: to.sid,
				state: 'Started',
				createdDate: now(),
				completedDate: null,
			};
			store.tasks.push(copy);
			return copy;
		},
	};
	return workflow;
}

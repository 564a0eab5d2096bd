import { randomUUID } from 'node:crypto';

import type { NutrientOptions } from './options';
import type { RestCalls, Values } from './restCalls';
import type { ProcessTask, RecipientTask, Store } from './store';
import type { Workflow } from './workflow';

/** How a step ended. Nothing was chosen in a form or by a time-out. */
export interface Said {
	option?: string;
	comments?: string;
}

export interface Steps {
	/** Begins what follows a step that has ended. */
	follow(task: RecipientTask, said?: Said): void;
	/** Makes the calls that will follow the step already now; `follow` does not make them again. */
	callAhead(task: RecipientTask, said: Said): Promise<void>;
	/** Begins a task of the system. */
	call(design: ProcessTask, instanceSid: string, said?: Said): Promise<void>;
}

/** What comes after a step: the next people's tasks, and the calls of REST Client tasks. */
export function createSteps(
	store: Store,
	options: NutrientOptions,
	calls: RestCalls,
	workflow: () => Workflow,
	end: (task: RecipientTask, state: string) => void,
): Steps {
	const called = new Set<string>();

	function following(task: RecipientTask, { option }: Said): ProcessTask[] {
		const { tasks } = workflow().process(workflow().instance(task.instanceSid).processSid);
		return tasks.filter(
			({ after, ifChosen }) =>
				after === task.processTaskSid &&
				(ifChosen === undefined || ifChosen.includes(option ?? '')),
		);
	}

	const steps: Steps = {
		follow(task, said = {}) {
			const instance = workflow().instance(task.instanceSid);
			const wereCalled = called.delete(task.instanceTaskSid);
			for (const design of following(task, said)) {
				if (design.taskType !== 'restClient') {
					const requester = options.users.filter(({ sid }) => sid === instance.initiatorSid);
					workflow().assign(instance, design, design.recipients ?? requester);
				} else if (!wereCalled) void steps.call(design, instance.sid, said);
			}
		},
		async callAhead(task, said) {
			called.add(task.instanceTaskSid);
			for (const design of following(task, said)) {
				if (design.taskType === 'restClient') await steps.call(design, task.instanceSid, said);
			}
		},
		async call(design, instanceSid, said = {}) {
			const [task] = workflow().assign(workflow().instance(instanceSid), design, [null]);
			const values = valuesOf(task, said);
			await calls.send(design.call ?? { uri: '' }, values, options.restCalls, (isOk) => {
				// Assumption: the word, and that a task that failed holds the request up.
				if (task.state === 'Started') end(task, isOk ? 'Completed' : 'Error');
				if (task.state === 'Completed') workflow().stepDone(task);
			});
		},
	};

	function valuesOf(task: RecipientTask, { option, comments }: Said): Values {
		const instance = workflow().instance(task.instanceSid);
		const process = workflow().process(instance.processSid);
		const isOwn = options.restCallNames === 'own';
		const given = store.tasks.filter(({ instanceSid }) => instanceSid === instance.sid);
		return {
			...Object.assign({}, instance.data, ...given.map(({ data }) => data)),
			requestSid: isOwn ? instance.sid : randomUUID(),
			requestId: isOwn ? instance.id : instance.id + 1,
			requestName: instance.name,
			processSid: process.sid,
			processName: process.name,
			taskName: task.name,
			option,
			comments,
		};
	}

	return steps;
}

import { randomUUID } from 'node:crypto';

import type { Process, ProcessTask } from './store';

/** A task as a designer draws it: what it follows is told by name, and is the task before it by default. */
export type DesignedTask = Omit<ProcessTask, 'processTaskSid' | 'isFirst'>;

/** A published process of these tasks. */
export function designed(name: string, tasks: DesignedTask[], position: number): Process {
	const sids = new Map(tasks.map((task) => [task.name, randomUUID() as string]));
	return {
		sid: randomUUID(),
		id: 101 + position,
		name,
		description: '',
		publishStatus: 'Production',
		tasks: tasks.map((task, index) => ({
			...task,
			processTaskSid: sids.get(task.name)!,
			isFirst: index === 0,
			...(index > 0 && { after: sids.get(task.after ?? tasks[index - 1].name) }),
		})),
	};
}

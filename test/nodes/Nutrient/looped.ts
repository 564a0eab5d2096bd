import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { DECISIONS, leaving, useLoops as loopsOf, type Loop } from '../looped';
import type { Sandboxed } from './sandboxed';

/** What is waited for: a task with its request, or a request. */
export interface Line extends IDataObject {
	id: string;
	request?: string;
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
export const FIELDS: Record<'task' | 'request', INodeParameters> = {
	task: { taskId: byId('={{ $json.id }}'), requestId: byId('={{ $json.request }}') },
	request: { requestId: byId('={{ $json.id }}') },
};

/** Waits as Ada, who sees every request; closed after the test. */
export const useLoops = (used: Sandboxed, resource: 'task' | 'request') =>
	loopsOf(() => ({ type: 'nutrient', credential: used.as('ada'), outputs: DECISIONS }), {
		resource,
		operation: 'wait',
		...FIELDS[resource],
	});

/** What has left, by output: what it is, its outcome, and the line it is paired with. */
export const left = (loop: Loop) => {
	expect([loop.error, loop.status]).toEqual([null, 'success']);
	return DECISIONS.slice(1).flatMap((output) =>
		leaving(loop, output).map((one) => [output, ...one]),
	);
};

/** One that leaves alone. */
export const only = (loop: Loop): IDataObject => {
	expect(left(loop)).toHaveLength(1);
	return DECISIONS.slice(1).flatMap((output) => loop.arrived(output))[0].json;
};

export { ONE_HOUR } from '../looped';

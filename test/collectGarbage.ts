/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { sleep } from 'n8n-workflow';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Until it is gone, or nothing more can be done about it. @returns whether it is gone */
export async function isCollected(held: WeakRef<object>): Promise<boolean> {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	for (let turn = 0; turn < 5 && held.deref(); turn++) {
		await sleep(10);
		collect();
	}
	return held.deref() === undefined;
}

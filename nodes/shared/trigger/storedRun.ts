/** Tells a service only of what n8n has stored: n8n answers the call itself when the run is, and the answer tells us. */
import { sleep, type IWebhookFunctions } from 'n8n-workflow';

import type { Emission } from './triggerMemory';

const LONGEST_PAUSE_MS = 250;

/**
 * Follows a call whose handler returns `workflowData` until it is answered. n8n saves static data after it has stored the
 * run, if the data are marked as changed; when it begins to run it builds a second workflow over the same data, which
 * takes the mark off. So they are written again until the answer is out.
 * @param onEnd called once, whatever the answer
 */
export function followRun(context: IWebhookFunctions, emission: Emission, onEnd: () => void): void {
	const response = context.getResponseObject();
	let isOpen = true;
	response.once('close', () => {
		isOpen = false;
		const isStored = response.statusCode < 300;
		emission.end(response.writableFinished ? isStored : 'unknown');
		onEnd();
	});
	emission.write();
	const writeAgain = async () => {
		for (let pause = 1; isOpen; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
			await sleep(pause);
			if (isOpen) emission.write();
		}
	};
	writeAgain().catch((error: Error) => context.logger.error(error.message));
}

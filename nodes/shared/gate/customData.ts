/** Notes what a run has asked and what came of it, so that the list of executions can be filtered by it. */
import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

/** n8n cuts what is longer, and logs an error. */
const MOST = 255;

/** Where the host refuses it, nothing happens: no wait ends for that. */
export function noteInExecution(
	context: IExecuteFunctions | IWebhookFunctions,
	noted: { taskId?: string; approver?: string; outcome?: string },
): void {
	for (const [name, value] of Object.entries(noted)) {
		if (value === '') continue;
		try {
			context.customData.set(name, value.slice(0, MOST));
		} catch {
			return;
		}
	}
}

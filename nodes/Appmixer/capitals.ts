/** Warns of an approver's address with capital letters: Appmixer compares addresses letter by letter. */
import type { IExecuteFunctions } from 'n8n-workflow';

const told = new WeakSet<IExecuteFunctions>();

/** A hint on the node, once for all its items: the login may well be written like that. */
export function warnOfCapitals(context: IExecuteFunctions, approver: string | undefined): void {
	const plain = approver?.toLowerCase();
	if (approver === undefined || approver === plain || told.has(context)) return;
	told.add(context);
	context.addExecutionHints({
		message: `The approver "${approver}" has capital letters, and Appmixer compares addresses letter by letter. If the approver logs in as "${plain}", they will not see this task and cannot decide it; write the address exactly as in their login.`,
		type: 'warning',
		location: 'outputPane',
	});
}

/** What a gate does that cannot be opened: it fails, and nobody is asked. */
import type { INode, INodeParameters } from 'n8n-workflow';

import type { WorkflowJson } from '../../scripts/n8n/workflows';
import type { Desk, Published } from './gateDesk';

export interface Gate {
	parameters?: INodeParameters;
	node?: Partial<INode>;
	settings?: WorkflowJson['settings'];
}

/** A workflow with nothing but this gate. */
export const publishGate = async (desk: Desk, title: string, gate: Gate): Promise<Published> =>
	await desk.publish(
		[desk.ask(title, gate.parameters, gate.node)],
		[['Form', 'Ask']],
		gate.settings,
	);

/** The error a run of this gate ends with. @throws when it does not fail, or a task was created. */
export async function refusal(
	desk: Desk,
	gate: Gate,
): Promise<{ message: string; description: string }> {
	const before = desk.sandbox.appmixer.tasks.length;
	const workflow = await publishGate(desk, 'refused', gate);
	await workflow.begin();
	const { status, error } = await workflow.ended();
	const created = desk.sandbox.appmixer.tasks.length - before;
	if (status !== 'error' || created > 0) {
		throw new Error(`The gate ended with ${status}, and ${created} tasks were created`);
	}
	return { message: error?.message ?? '', description: String(error?.description) };
}

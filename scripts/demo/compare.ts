import type { IDataObject } from 'n8n-workflow';

import type { Execution } from '../n8n/executions';

/** How an execution must end. */
export interface ExpectedEnd {
	/** The node that ran last. */
	node: string;
	/** What its item must hold, at least. */
	output: IDataObject;
}

/** How an execution ended. */
export interface End {
	executionId: string;
	node: string;
	output: IDataObject;
}

/** The last node of an execution and its one item. */
export function endOf({ id, lastNodeExecuted = 'none', runData }: Execution): End {
	const items = runData[lastNodeExecuted]?.at(-1)?.main.flat() ?? [];
	return { executionId: id, node: lastNodeExecuted, output: items[0]?.json ?? {} };
}

/** What is not as expected, in words; empty when all is. */
export function differences(execution: Execution, expected: ExpectedEnd): string[] {
	const { node, output } = endOf(execution);
	const found: string[] = [];
	if (execution.status !== 'success') {
		found.push(
			`it ended as "${execution.status}": ${execution.error?.message ?? 'no reason given'}`,
		);
	}
	if (node !== expected.node) found.push(`it ended in "${node}" instead of "${expected.node}"`);
	for (const [key, value] of Object.entries(expected.output)) {
		const [is, shall] = [JSON.stringify(output[key]), JSON.stringify(value)];
		if (is !== shall) found.push(`${key} is ${is} instead of ${shall}`);
	}
	return found;
}

import type { IDataObject } from 'n8n-workflow';

import type { Execution } from '../n8n/executions';

/** How an execution must end. */
export interface ExpectedEnd {
	/** The node that ran last. */
	node: string;
	/** What its first item must hold, at least. */
	output?: IDataObject;
	/** What fields of its first item must read like. */
	like?: Record<string, RegExp>;
	/** All its items, exactly. */
	items?: IDataObject[];
	/** The fields of the items that are compared; by default all. */
	fields?: string[];
	/** What the first item of other nodes must hold, at least. */
	also?: Record<string, IDataObject>;
	/** Nodes that must not have run. */
	never?: string[];
}

/** How an execution ended. */
export interface End {
	executionId: string;
	node: string;
	items: IDataObject[];
}

/** The last node of an execution and its items. */
export function endOf({ id, lastNodeExecuted = 'none', runData }: Execution): End {
	const items = runData[lastNodeExecuted]?.at(-1)?.main.flat() ?? [];
	return { executionId: id, node: lastNodeExecuted, items: items.map(({ json }) => json) };
}

/** What is not as expected, in words; empty when all is. */
export function differences(execution: Execution, expected: ExpectedEnd): string[] {
	const { node, items } = endOf(execution);
	const found: string[] = [];
	if (execution.status !== 'success') {
		found.push(
			`it ended as "${execution.status}": ${execution.error?.message ?? 'no reason given'}`,
		);
	}
	if (node !== expected.node) found.push(`it ended in "${node}" instead of "${expected.node}"`);
	const first = (name: string) =>
		execution.runData[name]?.at(-1)?.main.flat()[0]?.json as IDataObject | undefined;
	const compare = (output: IDataObject, item: IDataObject | undefined, where = '') => {
		for (const [key, value] of Object.entries(output)) {
			const [is, shall] = [JSON.stringify(item?.[key]), JSON.stringify(value)];
			if (is !== shall) found.push(`${key}${where} is ${is} instead of ${shall}`);
		}
	};
	compare(expected.output ?? {}, items[0]);
	for (const [name, output] of Object.entries(expected.also ?? {})) {
		compare(output, first(name), ` of "${name}"`);
	}
	for (const [key, pattern] of Object.entries(expected.like ?? {})) {
		const is = String(items[0]?.[key]);
		if (!pattern.test(is)) found.push(`${key} is ${is}, which is not like ${String(pattern)}`);
	}
	for (const name of expected.never ?? []) {
		if (execution.runData[name]) found.push(`"${name}" ran`);
	}
	const [is, shall] = [items, expected.items ?? items].map((all) =>
		JSON.stringify(all, expected.fields),
	);
	if (is !== shall) found.push(`its items are ${is} instead of ${shall}`);
	return found;
}

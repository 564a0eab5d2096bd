import { LoadOptionsContext, PollContext } from 'n8n-core';
import type { IDataObject, INodeListSearchResult, WorkflowActivateMode } from 'n8n-workflow';

import { additionalData } from './additionalData';
import { nodeTypeOf, packageLoaded } from './loadedPackage';
import { freshNodeType, load, save } from './processes';
import { NODE, workflowOf, type Sketch } from './sketch';
import { storedCredential } from './storedCredentials';

/** A polling trigger; its memory lives as long as this object. */
export interface Polling {
	/** One tick. @returns the emitted records; `null` when the tick was silent */
	poll(mode?: 'trigger' | 'manual'): Promise<IDataObject[] | null>;
	/** As n8n does when the workflow is published again or, with `init`, n8n starts: the next tick is a first one. */
	activate(by?: WorkflowActivateMode): void;
	/** Milliseconds that n8n's scheduler leaves each tick, which is then in a context of its own. */
	schedule(budget: number): void;
	staticData(): IDataObject;
	parameters: IDataObject;
}

const NOWHERE = 'http://127.0.0.1:9';

/** @param sketch `type` is `appmixerPollingTrigger` when absent */
export async function openPolling({
	type: name = 'appmixerPollingTrigger',
	...sketch
}: Omit<Sketch, 'type'> & { type?: string }): Promise<Polling> {
	await packageLoaded();
	const { stored } = sketch;
	const type = stored ? freshNodeType(name) : nodeTypeOf(name);
	const workflow = workflowOf({ ...sketch, type: name });
	const node = workflow.getNode(NODE)!;
	const additional = additionalData(storedCredential(name, sketch.credential), NOWHERE);
	const live = workflow.getStaticData('node', node);
	const open = (
		mode: 'trigger' | 'manual',
		budget?: number,
		by: WorkflowActivateMode = 'activate',
	) => {
		const context = new PollContext(workflow, node, additional, mode, by);
		return budget === undefined
			? context
			: Object.assign(context, { getPollBudgetMs: () => budget });
	};
	// n8n polls with one context from the activation on
	let active = open('trigger');
	let scheduled: number | undefined;
	// n8n reads it when the trigger starts, and stores it after each poll that ended well
	if (stored) load(live, stored);
	return {
		async poll(mode = 'trigger') {
			const isOwn = mode === 'manual' || scheduled !== undefined;
			const context = isOwn ? open(mode, scheduled) : active;
			const outputs = await type.poll!.call(context);
			if (stored && mode === 'trigger') save(live, stored);
			return outputs && outputs[0].map(({ json }) => json);
		},
		activate: (by) => void (active = open('trigger', undefined, by)),
		schedule: (budget) => void (scheduled = budget),
		staticData: () => live,
		parameters: node.parameters as IDataObject,
	};
}

/** What From List shows in the node's panel. */
export async function searchList(
	sketch: Sketch,
	filter?: string,
	method = 'searchTasks',
): Promise<INodeListSearchResult['results']> {
	await packageLoaded();
	const workflow = workflowOf(sketch);
	const node = workflow.getNode(NODE)!;
	const additional = additionalData(storedCredential(sketch.type, sketch.credential), NOWHERE);
	const context = new LoadOptionsContext(workflow, node, additional, 'parameters.taskId');
	const search = nodeTypeOf(sketch.type).methods!.listSearch![method];
	return (await search.call(context, filter)).results;
}

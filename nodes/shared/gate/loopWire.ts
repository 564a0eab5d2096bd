/** The wire by which a wait comes back to its own node: whether it is there, and whether an item came by it (L2, L12). */
import type { IConnections, IExecuteFunctions } from 'n8n-workflow';

const LOOP_OVER_ITEMS = 'n8n-nodes-base.splitInBatches';

/** The host shows it to no node officially; 2.40 has it on the context. */
interface Wired {
	workflow?: {
		connectionsBySourceNode?: IConnections;
		nodes?: Record<string, { type: string } | undefined>;
	};
}

export interface Way {
	/**
	 * The nodes that hand Check Again's item back: the node itself, where its first output is wired to its own input; others
	 * where the wire goes through them.
	 */
	nodes: string[];
	/** How many wires lead back from the first output, wherever they go through. */
	wires: number;
	/** A Loop Over Items that the wire goes through: it would hand on the next items in place of the wait. */
	loop: string | null;
	/** Whether another output than the first leads straight back. */
	isShort: boolean;
}

/** `null` on a host that does not show its wires. */
export function wayBack(context: IExecuteFunctions): Way | null {
	const { connectionsBySourceNode: connections, nodes: known = {} } =
		(context as unknown as Wired).workflow ?? {};
	if (!connections) return null;
	const { name } = context.getNode();
	const targets = (outputs: IConnections[string]['main'] = []) =>
		outputs.flatMap((wires) => wires ?? []).map(({ node }) => node);
	const way: Way = { nodes: [], wires: 0, loop: null, isShort: false };
	const passed = new Set<string>();
	const follow = (from: string, outputs: IConnections[string]['main']) => {
		for (const to of targets(outputs)) {
			if (to === name) {
				way.wires += 1;
				if (!way.nodes.includes(from)) way.nodes.push(from);
			} else if (!passed.has(to)) {
				passed.add(to);
				follow(to, connections[to]?.main ?? []);
			}
		}
	};
	const [first = null, ...others] = connections[name]?.main ?? [];
	follow(name, [first]);
	way.loop = [...passed].find((one) => known[one]?.type === LOOP_OVER_ITEMS) ?? null;
	way.isShort = targets(others).includes(name);
	return way;
}

/** The node whose output these items are, and which of its outputs. */
export function cameFrom(context: IExecuteFunctions): { node: string | undefined; output: number } {
	const { previousNode: node, previousNodeOutput: output = 0 } =
		context.getExecuteData().source?.main[0] ?? {};
	return { node, output };
}

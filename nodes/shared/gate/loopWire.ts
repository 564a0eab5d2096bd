/** The wire by which a wait comes back to its own node: whether it is there, and whether an item came by it (L2, L12). */
import type { IConnections, IExecuteFunctions } from 'n8n-workflow';

/** The host shows it to no node officially; 2.40 has it on the context. */
interface Wired {
	workflow?: { connectionsBySourceNode?: IConnections };
}

export interface Way {
	/**
	 * The nodes that hand Check Again's item back: the node itself, where its first output is wired to its own input; others
	 * where the wire goes through them.
	 */
	nodes: string[];
	/** How many wires of the first output lead back. */
	wires: number;
}

/** `null` on a host that does not show its wires. */
export function wayBack(context: IExecuteFunctions): Way | null {
	const connections = (context as unknown as Wired).workflow?.connectionsBySourceNode;
	if (!connections) return null;
	const { name } = context.getNode();
	const targets = (outputs: IConnections[string]['main'] = []) =>
		outputs.flatMap((wires) => wires ?? []).map(({ node }) => node);
	const nodes = new Set<string>();
	const leadsBack = (from: string, to: string, seen: Set<string>): boolean => {
		if (to === name) {
			nodes.add(from);
			return true;
		}
		if (seen.has(to)) return false;
		seen.add(to);
		// all are followed, not only until one leads back
		const next = targets(connections[to]?.main).map((target) => leadsBack(to, target, seen));
		return next.includes(true);
	};
	const first = targets(connections[name]?.main?.slice(0, 1));
	const wires = first.filter((target) => leadsBack(name, target, new Set())).length;
	return { nodes: [...nodes], wires };
}

/** The node whose output these items are. */
export const cameFrom = (context: IExecuteFunctions): string | undefined =>
	context.getExecuteData().source?.main[0]?.previousNode;

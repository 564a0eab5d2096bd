/** The wire by which a wait comes back to its own node: whether it is there, and whether an item came by it (L2, L12). */
import type { IConnections, IExecuteFunctions } from 'n8n-workflow';

/** The host shows it to no node officially; 2.40 has it on the context. */
interface Wired {
	workflow?: { connectionsBySourceNode?: IConnections };
}

/**
 * The nodes that hand Check Again's item back: the node itself, where its first output is wired to its own input; others
 * where the wire goes through them. `null` on a host that does not show its wires.
 */
export function wayBack(context: IExecuteFunctions): string[] | null {
	const connections = (context as unknown as Wired).workflow?.connectionsBySourceNode;
	if (!connections) return null;
	const { name } = context.getNode();
	const targets = (node: string, outputs = connections[node]?.main ?? []) =>
		outputs.flatMap((wires) => wires ?? []).map(({ node: target }) => target);
	const back = new Set<string>();
	const seen = new Set<string>();
	const follow = (from: string, to: string[]) => {
		for (const target of to) {
			if (target === name) back.add(from);
			else if (!seen.has(target)) {
				seen.add(target);
				follow(target, targets(target));
			}
		}
	};
	follow(name, targets(name, (connections[name]?.main ?? []).slice(0, 1)));
	return [...back];
}

/** The node whose output these items are. */
export const cameFrom = (context: IExecuteFunctions): string | undefined =>
	context.getExecuteData().source?.main[0]?.previousNode;

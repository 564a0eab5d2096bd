/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { resolve } from 'node:path';

import { deepCopy, type IDataObject, type INodeType } from 'n8n-workflow';

import { nodePathOf } from './loadedPackage';

/** What n8n keeps of a node in its database, for every process that runs it. */
export interface Stored {
	data: IDataObject;
}

const BUILT = resolve(__dirname, '../../dist');

/** The node type with modules of its own, as in another process: nothing that one process remembers is in them. */
export function freshNodeType(name: string): INodeType {
	const { file, className } = nodePathOf(name);
	const kept = Object.entries(require.cache).filter(([path]) => path.startsWith(BUILT));
	for (const [path] of kept) delete require.cache[path];
	try {
		// eslint-disable-next-line @typescript-eslint/no-require-imports -- once more, after it was loaded
		const loaded = require(file) as Record<string, new () => INodeType>;
		return new loaded[className]();
	} finally {
		for (const path of Object.keys(require.cache)) {
			if (path.startsWith(BUILT)) delete require.cache[path];
		}
		Object.assign(require.cache, Object.fromEntries(kept));
	}
}

/** Makes live static data that which is stored. */
export function load(live: IDataObject, { data }: Stored): void {
	for (const key of Object.keys(live)) delete live[key];
	Object.assign(live, deepCopy(data));
}

export function save(live: IDataObject, stored: Stored): void {
	stored.data = deepCopy({ ...live });
}

/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import 'reflect-metadata';

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import type { ICredentialType, INodeType, INodeTypes } from 'n8n-workflow';

// n8n-core keeps its keys there; it is read when n8n-core is loaded
process.env.N8N_USER_FOLDER ??= mkdtempSync(join(tmpdir(), 'engine-'));
process.env.N8N_LOG_LEVEL ??= 'silent';

const { PackageDirectoryLoader } =
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- after the environment is set
	require('n8n-core') as typeof import('n8n-core');

export const PACKAGE = 'n8n-nodes-task-approvals';
export const START = 'engine.start';

/** The package as built in `dist`, loaded as n8n loads an installed one. */
const loader = new PackageDirectoryLoader(resolve(__dirname, '../..'));
const loading = loader.loadAll();

export const packageLoaded = async () => await loading;

/** Passes the run's first items on, as a trigger does. */
const start: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
	async execute() {
		return [this.getInputData()];
	},
};

/** One of this package's node types. The generated human-review tool runs the same code. */
export const nodeTypeOf = (name: string) =>
	loader.getNode(name.replace(/HitlTool$/, '')).type as INodeType;

/** Where the class of a node type was built to. */
export const nodePathOf = (name: string) => ({
	file: resolve(__dirname, '../..', loader.known.nodes[name].sourcePath),
	className: loader.known.nodes[name].className,
});

/** The name of the one credential a node type takes. */
export const credentialNameOf = (nodeType: string): string =>
	nodeTypeOf(nodeType).description.credentials![0].name;

export const credentialTypeOf = (name: string): ICredentialType => loader.getCredential(name).type;

export const nodeTypes: INodeTypes = {
	getByName: (type) => (type === START ? start : nodeTypeOf(type.replace(`${PACKAGE}.`, ''))),
	getByNameAndVersion: (type) =>
		type === START ? start : nodeTypeOf(type.replace(`${PACKAGE}.`, '')),
	getKnownTypes: () => ({}),
};

import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { MAX, type FaultRule, type Sandbox } from '../../sandbox';
import { engine } from '../engine';
import { NEW_TASK } from './Appmixer/sandboxed';
import { newTask } from './Mambu/sandboxed';
import { CASES as NUTRIENT } from './Nutrient/cases';
import type { Sandboxed as Nutrient } from './Nutrient/sandboxed';
import { CASES as OPENTAPS } from './Opentaps/cases';
import type { Sandboxed as Opentaps } from './Opentaps/sandboxed';

type Given = (sandbox: Sandbox) => INodeParameters;

/** One way in to each vendor, for what holds in all of them. */
export interface Vendor {
	/** The action node. */
	name: string;
	trigger: string;
	/** A list in the editor. */
	picker: string;
	service(sandbox: Sandbox): Pick<Sandbox, 'fault' | 'requests' | 'url'>;
	credential(sandbox: Sandbox): ICredentialDataDecryptedObject;
	/** A list, by one request. */
	reads: { parameters: Given; path: RegExp };
	/** Something that is made or changed, without an idempotency key. */
	writes?: {
		parameters: Given;
		method: string;
		path: RegExp;
		credential?: ICredentialDataDecryptedObject;
	};
	/** A credential that exchanges a login for a token, and the call that does. */
	exchange?: { credential(sandbox: Sandbox): ICredentialDataDecryptedObject; path: RegExp };
}

const named = (operation: string): INodeParameters => ({
	resource: operation.split(':')[0],
	operation: operation.split(':')[1],
});

const inNutrient = (operation: string): Given => {
	const { prepare } = NUTRIENT.find((one) => one.operation === operation)!;
	return (sandbox) => ({
		...named(operation),
		...prepare({ sandbox, nutrient: sandbox.nutrient } as Nutrient).parameters,
	});
};

const inOpentaps = (operation: string): Given => {
	const { prepare } = OPENTAPS.find((one) => one.operation === operation)!;
	return (sandbox) => ({
		...named(operation),
		...prepare({ sandbox, opentaps: sandbox.opentaps } as Opentaps).parameters,
	});
};

const ida = ({ opentaps }: Sandbox) => ({
	baseUrl: opentaps.url,
	clientDomain: 'acme.example',
	authToken: 'permanent-of-ida',
});

export const VENDORS: Vendor[] = [
	{
		name: 'appmixer',
		trigger: 'appmixerPollingTrigger',
		picker: 'searchTasks',
		service: (sandbox) => sandbox,
		credential: ({ url }) => ({
			baseUrl: url,
			accessToken: String(engine.ADA.accessToken),
			apiPath: 'plugin',
		}),
		reads: { parameters: () => named('task:getAll'), path: /tasks$/ },
		writes: {
			parameters: () => ({ ...named('task:create'), ...NEW_TASK }),
			method: 'POST',
			path: /tasks$/,
		},
		exchange: {
			credential: ({ url }) => ({
				baseUrl: url,
				authentication: 'login',
				username: engine.ADA.username,
				password: String(engine.ADA.password),
				apiPath: 'plugin',
			}),
			path: /user\/auth$/,
		},
	},
	{
		name: 'affinitext',
		trigger: 'affinitextTrigger',
		picker: 'searchTasks',
		service: ({ affinitext }) => affinitext,
		credential: ({ affinitext }) => ({
			baseUrl: affinitext.url,
			accessToken: affinitext.token,
		}),
		reads: { parameters: () => named('task:getAll'), path: /tasks$/ },
	},
	{
		name: 'mambu',
		trigger: 'mambuTrigger',
		picker: 'searchTasks',
		service: ({ mambu }) => mambu,
		credential: ({ mambu }) => ({
			tenant: mambu.url,
			apiKey: String(MAX.apiKey),
			apiVersion: 'v2',
		}),
		reads: { parameters: () => named('task:getAll'), path: /tasks$/ },
		writes: {
			parameters: () => ({ ...named('task:create'), ...newTask() }),
			method: 'POST',
			path: /tasks$/,
			credential: { apiVersion: 'v1' },
		},
	},
	{
		name: 'nutrient',
		trigger: 'nutrientTrigger',
		picker: 'searchUsers',
		service: ({ nutrient }) => nutrient,
		credential: ({ nutrient }) => ({
			baseUrl: nutrient.url,
			tenantId: nutrient.options.tenant,
			apiKey: nutrient.options.systemKey,
			userName: 'bob',
		}),
		reads: { parameters: inNutrient('user:getAll'), path: /^(?!\/api\/auth\/)/ },
		writes: {
			parameters: inNutrient('task:reassign'),
			method: 'GET',
			path: /reassign/,
		},
		exchange: {
			credential: ({ nutrient }) => ({
				baseUrl: nutrient.url,
				tenantId: nutrient.options.tenant,
				apiKey: nutrient.options.systemKey,
				userName: 'bob',
			}),
			path: /^\/api\/auth\//,
		},
	},
	{
		name: 'opentaps',
		trigger: 'opentapsTrigger',
		picker: 'searchTags',
		service: ({ opentaps }) => opentaps,
		credential: ida,
		reads: { parameters: () => named('tag:getAll'), path: /^(?!\/oauth)/ },
		writes: { parameters: inOpentaps('tag:create'), method: 'POST', path: /tag$/ },
		exchange: {
			credential: (sandbox) => ({ ...ida(sandbox), useTemporary: true }),
			path: /temp-token$/,
		},
	},
];

type More = Partial<Parameters<typeof engine.runNode>[0]>;

/** Each vendor at one sandbox, which lives as long as a test. */
export function useVendors() {
	const used = {} as { sandbox: Sandbox };
	beforeEach(async () => void (used.sandbox = await engine.startSandbox()));
	afterEach(async () => await used.sandbox.close());
	const fault = (vendor: Vendor, rule: FaultRule) => vendor.service(used.sandbox).fault(rule);
	return Object.assign(used, {
		fault,
		read: async (vendor: Vendor, more: More = {}) =>
			await engine.runNode({
				type: vendor.name,
				credential: vendor.credential(used.sandbox),
				parameters: vendor.reads.parameters(used.sandbox),
				...more,
			}),
		write: async ({ name, credential, writes }: Vendor, more: More = {}) =>
			await engine.runNode({
				type: name,
				credential: { ...credential(used.sandbox), ...writes!.credential },
				parameters: writes!.parameters(used.sandbox),
				...more,
			}),
		/** How many requests to these paths came in. */
		count: (vendor: Vendor, path: RegExp, method?: string) =>
			vendor
				.service(used.sandbox)
				.requests.filter((one) => path.test(one.path) && (!method || one.method === method)).length,
	});
}

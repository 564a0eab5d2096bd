import type { IBinaryKeyData, ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { MAX, type Sandbox } from '../../sandbox';
import { engine, type SeenError } from '../engine';
import { byId, NEW_TASK } from '../nodes/Appmixer/sandboxed';
import { newTask } from '../nodes/Mambu/sandboxed';
import { CASES as NUTRIENT } from '../nodes/Nutrient/cases';
import type { Sandboxed as Nutrient } from '../nodes/Nutrient/sandboxed';
import { CASES as OPENTAPS } from '../nodes/Opentaps/cases';
import type { Sandboxed as Opentaps } from '../nodes/Opentaps/sandboxed';
import { operationsOf } from '../operationsOf';

export interface Outcome {
	error: SeenError | null;
	/** What came out, where nothing failed. */
	output?: unknown;
}

/** A way from n8n to a service. */
export interface WayIn {
	vendor: string;
	/** As `task:getAll`, or what else it is. */
	name: string;
	/** How many requests log in before the first that asks. */
	logsIn: number;
	act(url: string): Promise<Outcome>;
}

interface Login {
	credential(url: string): ICredentialDataDecryptedObject;
	logsIn: number;
}

export const LOGINS: Record<string, Record<string, (sandbox: Sandbox) => Login>> = {
	appmixer: {
		'': () => ({
			credential: (baseUrl) => ({
				...{ baseUrl, authentication: 'accessToken', apiPath: 'plugin' },
				accessToken: String(engine.ADA.accessToken),
			}),
			logsIn: 0,
		}),
		password: () => ({
			credential: (baseUrl) => ({
				...{ baseUrl, authentication: 'login', apiPath: 'plugin' },
				...{ username: engine.ADA.username, password: String(engine.ADA.password) },
			}),
			logsIn: 1,
		}),
	},
	affinitext: {
		'': ({ affinitext }) => ({
			credential: (baseUrl) => ({ baseUrl, accessToken: affinitext.token }),
			logsIn: 0,
		}),
	},
	mambu: {
		'': () => ({
			credential: (tenant) => ({ tenant, apiKey: String(MAX.apiKey), apiVersion: 'v2' }),
			logsIn: 0,
		}),
		'version 1': () => ({
			credential: (tenant) => ({ tenant, apiKey: String(MAX.apiKey), apiVersion: 'v1' }),
			logsIn: 0,
		}),
	},
	nutrient: {
		'': ({ nutrient: { options } }) => ({
			credential: (baseUrl) => ({
				...{ baseUrl, tenantId: options.tenant, apiKey: options.systemKey, userName: 'bob' },
			}),
			logsIn: 1,
		}),
	},
	opentaps: {
		'': () => ({
			credential: (baseUrl) => ({
				...{ baseUrl, clientDomain: 'acme.example', authToken: 'permanent-of-ida' },
			}),
			logsIn: 0,
		}),
		'temporary token': () => ({
			credential: (baseUrl) => ({
				...{ baseUrl, clientDomain: 'acme.example', authToken: 'permanent-of-ida' },
				useTemporary: true,
			}),
			logsIn: 1,
		}),
	},
};

interface Given {
	parameters: INodeParameters;
	files?: IBinaryKeyData;
}

const mine = (more: object) => (taskId: string, secret: string) =>
	({ taskId: byId(taskId), options: { secret }, ...more }) as INodeParameters;
const APPMIXER: Record<string, (taskId: string, secret: string) => INodeParameters> = {
	'dashboard:get': () => ({}),
	'task:approve': mine({}),
	'task:count': () => ({}),
	'task:create': () => NEW_TASK,
	'task:get': (taskId) => ({ taskId: byId(taskId) }),
	'task:getAll': () => ({}),
	'task:reject': mine({}),
	'task:sendAndWait': () => ({ ...NEW_TASK, decisionBy: '' }),
	'task:update': mine({ updateFields: { title: 'Four laptops' } }),
	'task:withdraw': mine({}),
	'task:wait': (taskId) => ({ taskId: byId(taskId) }),
	'webhook:create': (taskId) => ({ taskId: byId(taskId), url: 'https://example.com/decided' }),
	'webhook:delete': () => ({ webhookId: 'some-webhook' }),
};

const givenFor: Record<string, (sandbox: Sandbox, operation: string) => Given> = {
	appmixer({ appmixer }, operation) {
		const { taskId, approverSecret } = appmixer.createTask();
		return { parameters: APPMIXER[operation](taskId, approverSecret) };
	},
	affinitext: () => ({ parameters: { taskId: byId('1') } }),
	mambu({ mambu }, operation) {
		if (operation === 'task:create') return { parameters: newTask() };
		const task = mambu.createTask();
		if (operation === 'task:reopen') mambu.complete(task);
		const taskId = byId(String(task.id));
		return { parameters: { taskId, updateFields: { title: 'New' } } };
	},
	nutrient: (sandbox, operation) =>
		NUTRIENT.find((one) => one.operation === operation)!.prepare({
			...{ sandbox, nutrient: sandbox.nutrient },
		} as Nutrient),
	opentaps: (sandbox, operation) =>
		OPENTAPS.find((one) => one.operation === operation)!.prepare({
			...{ sandbox, opentaps: sandbox.opentaps },
		} as Opentaps),
};

export const VENDORS = Object.keys(LOGINS);

const POLLING: Record<string, string> = {
	appmixer: 'appmixerPollingTrigger',
	affinitext: 'affinitextTrigger',
	mambu: 'mambuTrigger',
	nutrient: 'nutrientTrigger',
	opentaps: 'opentapsTrigger',
};

const NAMES: Record<string, RegExp> = {
	appmixer: /Appmixer/,
	affinitext: /Affinitext/,
	mambu: /Mambu/,
	nutrient: /Nutrient/,
	opentaps: /opentaps/,
};

/** What all nodes have logged: others log at the same time. */
const noted: string[] = [];
function logSince(index: number): string[] {
	noted.push(...engine.logged());
	return noted.slice(index);
}

const seen = (name: string, message: string): SeenError => ({
	...{ name, message, description: message, httpCode: null, itemIndex: null },
});

export const addressOf = (sandbox: Sandbox, vendor: string): string =>
	vendor === 'appmixer' ? sandbox.url : (sandbox[vendor as 'mambu'].url as string);

async function outcomeOf(act: () => Promise<unknown>): Promise<Outcome> {
	try {
		return { error: null, output: await act() };
	} catch (error) {
		return { error: engine.seenError(error) };
	}
}

/** Every operation, poll, list in the editor, login and Test button of a vendor. */
export async function waysInOf(sandbox: Sandbox, vendor: string): Promise<WayIn[]> {
	const operations = await operationsOf(vendor);
	const { methods } = engine.nodeTypeOf(vendor);
	const ways = Object.entries(LOGINS[vendor]).map(([kind, of]) => {
		const { credential, logsIn } = of(sandbox);
		const name = kind && `, ${kind}`;
		const operation = (one: string): WayIn => ({
			...{ vendor, name: `${one}${name}`, logsIn },
			async act(url) {
				const { parameters, files } = givenFor[vendor](sandbox, one);
				const [resource, verb] = one.split(':');
				const run = await engine.runNode({
					...{ type: vendor, credential: credential(url), files },
					parameters: { resource, operation: verb, ...parameters },
				});
				// L8: what may be over soon ends no wait, it is told in a hint
				const told = one.endsWith(':wait') && run.status === 'waiting' ? run.hints[0] : undefined;
				const error = run.error ?? (told === undefined ? null : seen('hint', told));
				return { error, output: run.outputs };
			},
		});
		const poll: WayIn = {
			...{ vendor, name: `poll${name}`, logsIn },
			async act(url) {
				logSince(0);
				const since = noted.length;
				const { error, output } = await outcomeOf(async () => {
					const parameters = {};
					const type = POLLING[vendor];
					const { poll: tick } = await engine.openPolling({
						...{ type, parameters, credential: credential(url) },
					});
					return await tick();
				});
				if (error !== null || output !== null) return { error, output };
				// F8: what may be over soon fails no tick, it is told in the log
				const told = logSince(since).find(
					(line) =>
						NAMES[vendor].test(line) || line.includes('was started without seeing its tasks'),
				);
				return { error: told === undefined ? null : seen('log', told), output };
			},
		};
		const picker = (method: string): WayIn => ({
			...{ vendor, name: `${method}${name}`, logsIn },
			act: async (url) =>
				await outcomeOf(
					async () =>
						await engine.searchList(
							{ type: vendor, credential: credential(url), parameters: {} },
							undefined,
							method,
						),
				),
		});
		const test = (served: number): WayIn => ({
			...{
				vendor,
				name: `Test button${name}${served < logsIn ? ', logging in' : ''}`,
				logsIn: served,
			},
			async act(url) {
				const said = await engine.testCredential(vendor, credential(url));
				return { error: said === null ? null : seen('test', said) };
			},
		});
		const login: WayIn = { ...operation(operations.at(-1)!), name: `login${name}`, logsIn: 0 };
		return {
			operations: operations.map(operation),
			others: [poll, ...Object.keys(methods?.listSearch ?? {}).map(picker)],
			logins: [test(logsIn), ...(logsIn > 0 ? [test(0), login] : [])],
		};
	});
	// the rest of another login is the same
	return ways.flatMap(({ operations: all, others, logins }, index) =>
		index === 0 || vendor === 'mambu' ? [...all, ...others, ...logins] : logins,
	);
}

/** @jest-environment ./test/engine/environment.ts */
import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

import { engine } from './engine';
import { exists, filesIn, importsOf, textOf } from './packageSources';

interface Manifest {
	dependencies?: object;
	peerDependencies: object;
	n8n: { nodes: string[]; credentials: string[]; strict: boolean };
}
const manifest = JSON.parse(textOf('package.json')) as Manifest;

/** What workflows store of a vendor: `test/nodes/<Vendor>/names.json`. */
interface Names {
	action: string;
	/** Resource → its operations. */
	operations: Record<string, string>;
	triggers: string[];
}
const NAMES = filesIn('test/nodes', /\/names\.json$/).map(
	(file) => JSON.parse(textOf(file)) as Names,
);
const OPERATIONS = Object.fromEntries(NAMES.map(({ action, operations }) => [action, operations]));
const ACTIONS = NAMES.map(({ action }) => action);
const TRIGGERS = NAMES.flatMap(({ triggers }) => triggers);
const NODES = [...ACTIONS, ...TRIGGERS];
const VENDORS = new RegExp(ACTIONS.join('|'), 'i');

const built = (file: string) => `dist/${file.replace(/\.ts$/, '.js')}`;
let descriptions: Record<string, INodeTypeDescription>;

beforeAll(async () => {
	await engine.packageLoaded();
	descriptions = Object.fromEntries(
		NODES.map((name) => [name, engine.nodeTypeOf(name).description]),
	);
});

/** Every property with those inside it, and the names around it. */
function allProperties(properties: INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => {
		const inner = (property.options ?? []).filter((option) => 'type' in option);
		return [property, ...allProperties(inner as INodeProperties[])];
	});
}

describe('package.json', () => {
	it('registers every node and credential file, and nothing else', () => {
		expect([...manifest.n8n.nodes].sort()).toEqual(filesIn('nodes', /\.node\.ts$/).map(built));
		expect(manifest.n8n.credentials).toEqual(
			filesIn('credentials', /\.credentials\.ts$/).map(built),
		);
	});

	it('is strict, has no runtime dependencies and one peer', () => {
		expect(manifest.n8n.strict).toBe(true);
		expect(manifest.dependencies).toBeUndefined();
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});
});

describe('names that workflows store', () => {
	it('are those of every registered node, and of one credential for each service', () => {
		const registered = manifest.n8n.nodes.map((file) => /(\w+)\.node\.js$/.exec(file)?.[1]);
		expect(registered.map((name) => name?.toLowerCase()).sort()).toEqual(
			NODES.map((name) => name.toLowerCase()).sort(),
		);
		expect(NODES.map((name) => descriptions[name].name)).toEqual(NODES);
		const credentials = ACTIONS.map((name) => engine.credentialTypeOf(`${name}Api`).name);
		expect(credentials).toEqual(ACTIONS.map((name) => `${name}Api`));
	});

	it.each(ACTIONS)('are these resources and operations of %s, each with an action', (name) => {
		const menus = descriptions[name].properties.filter((one) => one.name === 'operation');
		const optionsOf = ({ options }: INodeProperties) => options as INodePropertyOptions[];
		const values = menus.map((menu) => [
			menu.displayOptions?.show?.resource?.[0],
			optionsOf(menu)
				.map(({ value }) => value)
				.sort()
				.join(' '),
		]);
		expect(Object.fromEntries(values)).toEqual(OPERATIONS[name]);
		for (const option of menus.flatMap(optionsOf)) expect(option.action).toMatch(/^[A-Z][a-z -]+$/);
	});

	it.each(ACTIONS)('are those of the files of %s, in menus in alphabetical order', (name) => {
		const menus = descriptions[name].properties.filter((one) => one.name === 'operation');
		const shown = menus.flatMap(({ displayOptions, options }) => {
			const entries = options as INodePropertyOptions[];
			const labels = entries.map((entry) => entry.name);
			expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b)));
			const resource = String(displayOptions?.show?.resource?.[0]);
			return entries.map(({ value }) => `${resource}/${String(value)}.operation.ts`);
		});
		const folder = `nodes/${
			filesIn('nodes', /\.node\.ts$/)
				.find((file) => file.toLowerCase().endsWith(`/${name}.node.ts`))
				?.split('/')[1]
		}/actions`;
		const files = filesIn(folder, /\.operation\.ts$/).map((file) => file.slice(folder.length + 1));
		expect(shown.sort()).toEqual(files);
	});

	it('are these outputs', () => {
		expect(descriptions.appmixer.outputs).toContain('["No Decision","Approved","Rejected"]');
		expect(descriptions.appmixerTrigger.outputs).toContain("['Approved', 'Rejected', 'Due']");
		expect(descriptions.appmixerPollingTrigger.outputs).toEqual(['main']);
	});
});

describe('nodes', () => {
	it('can be tools when they act, and not when they trigger', () => {
		expect(ACTIONS.filter((name) => descriptions[name].usableAsTool !== true)).toEqual([]);
		expect(TRIGGERS.filter((name) => 'usableAsTool' in descriptions[name])).toEqual([]);
	});

	it.each(NODES)(
		'%s has a subtitle, codex with aliases, and an icon for light and dark',
		(name) => {
			const { subtitle, codex, iconUrl } = descriptions[name];
			expect(subtitle).toMatch(/^={{/);
			expect(codex?.categories?.length).toBeGreaterThan(0);
			expect(codex?.alias?.length).toBeGreaterThan(0);
			const { light, dark } = iconUrl as { light: string; dark: string };
			expect(light).not.toBe(dark);
			for (const icon of [light, dark]) {
				expect(exists(icon.replace('icons/n8n-nodes-task-approvals/', ''))).toBe(true);
			}
		},
	);

	it.each(NODES)(
		'%s shows fields depending on fields that exist, and values they can have',
		(name) => {
			const { properties } = descriptions[name];
			const known = new Map<string, unknown[]>();
			for (const property of properties) {
				const values = (property.options ?? []).flatMap((option) =>
					'value' in option ? [option.value] : [],
				);
				known.set(property.name, [...(known.get(property.name) ?? []), ...values]);
			}
			for (const { name: field, displayOptions } of allProperties(properties)) {
				const conditions = { ...displayOptions?.show, ...displayOptions?.hide };
				for (const [other, values] of Object.entries(conditions)) {
					if (other === '@version') continue;
					expect([field, [...known.keys()]]).toEqual([field, expect.arrayContaining([other])]);
					const choices = known.get(other) ?? [];
					if (choices.length === 0) continue;
					expect([field, choices]).toEqual([field, expect.arrayContaining(values ?? [])]);
				}
			}
		},
	);

	// n8n's linter looks at literal lists of choices only, and some are made by functions
	it.each(NODES)('%s names its choices as n8n does: capitalised, none twice, in order', (name) => {
		for (const { name: field, options = [] } of allProperties(descriptions[name].properties)) {
			const choices = options.filter((one): one is INodePropertyOptions => 'value' in one);
			const names = choices.map((choice) => choice.name);
			expect([field, new Set(names).size]).toEqual([field, choices.length]);
			for (const choice of choices) {
				expect(choice.name).toMatch(/^[A-Z]/);
				expect(choice.description ?? '').not.toMatch(/^[^.]*\.$/);
			}
			if (choices.length < 5) continue;
			expect([field, names]).toEqual([field, [...names].sort((a, b) => a.localeCompare(b))]);
		}
	});

	it('declare their secrets as sensitive', () => {
		expect(descriptions.appmixer).toMatchObject({
			sensitiveOutputFields: ['approverSecret', 'requesterSecret', 'links'],
		});
	});

	it('T2: the trigger says first what it watches, and names the polling trigger', () => {
		expect(descriptions.appmixerTrigger.properties[0].displayName).toBe(
			'Watches the tasks that are open when the workflow is published, and those that Create adds with Notify Webhook URL. For any task, whoever makes it, use the Appmixer People Task Polling Trigger.',
		);
	});

	it.each([
		['appmixer', ['POST']],
		['appmixerTrigger', ['POST']],
		// a REST Client task may have any verb, GET by default
		['nutrient', ['GET', 'POST', 'PUT']],
	])('W20: the webhooks of %s answer no data', (name, methods) => {
		const { webhooks } = descriptions[name];
		expect(webhooks?.map(({ httpMethod }) => httpMethod)).toEqual(methods);
		for (const webhook of webhooks ?? []) {
			expect(webhook).toMatchObject({ responseMode: 'onReceived', responseData: 'noData' });
		}
	});

	it('W7: what is read in the resume handler cannot depend on the item', () => {
		const { properties } = descriptions.appmixer;
		for (const name of ['outputs', 'whenDue']) {
			const fields = properties.filter((property) => property.name === name);
			// one for each version of the node, where the default differs
			expect(new Set(fields.map(({ noDataExpression }) => noDataExpression))).toEqual(
				new Set([true]),
			);
		}
	});
});

describe('layers', () => {
	const shared = filesIn('nodes/shared', /\.ts$/);

	it.each(shared)(
		'%s names no vendor and imports only n8n-workflow, luxon, node:crypto and its like',
		(file) => {
			expect(textOf(file)).not.toMatch(VENDORS);
			const foreign = importsOf(file).filter(
				(name) =>
					!['n8n-workflow', 'luxon', 'node:crypto'].includes(name) &&
					!name.startsWith('nodes/shared/'),
			);
			expect(foreign).toEqual([]);
		},
	);

	/** What a room of nodes/shared may import besides itself and the Task record. */
	const ROOMS: Record<string, string[]> = {
		http: [],
		items: ['http'],
		gate: ['http', 'items'],
		trigger: ['http', 'items'],
	};

	it('nodes/shared is the Task record and these rooms', () => {
		const rooms = new Set(shared.map((file) => file.split('/')[2]));
		expect([...rooms].sort()).toEqual([...Object.keys(ROOMS), 'task.ts'].sort());
		expect(importsOf('nodes/shared/task.ts')).toEqual([]);
	});

	it.each(Object.keys(ROOMS))('a file in %s imports nothing from a room above it', (room) => {
		const allowed = [room, ...ROOMS[room], 'task'];
		for (const file of shared.filter((one) => one.startsWith(`nodes/shared/${room}/`))) {
			const rooms = importsOf(file).filter((name) => name.startsWith('nodes/shared/'));
			const foreign = rooms.filter((name) => !allowed.includes(name.split('/')[2]));
			expect([file, foreign]).toEqual([file, []]);
		}
	});

	it('a vendor folder imports shared and itself', () => {
		for (const file of filesIn('nodes', /\.ts$/)) {
			const [, folder] = file.split('/');
			if (folder === 'shared') continue;
			const allowed = new RegExp(`^(n8n-workflow|luxon|node:crypto|nodes/(shared|${folder})/.*)$`);
			expect([file, importsOf(file).filter((name) => !allowed.test(name))]).toEqual([file, []]);
		}
	});

	it('the sandbox imports nothing from nodes or credentials', () => {
		for (const file of filesIn('sandbox', /\.ts$/)) {
			const foreign = importsOf(file).filter((name) => /^(nodes|credentials|dist)\b/.test(name));
			expect([file, foreign]).toEqual([file, []]);
		}
	});

	it('a credential imports only n8n-workflow, luxon, node:crypto, shared and its vendor', () => {
		const foreign = filesIn('credentials', /\.ts$/)
			.flatMap(importsOf)
			.filter(
				(name) => !/^(n8n-workflow|luxon|node:crypto|nodes\/(shared\/http|\w+)\/\w+)$/.test(name),
			);
		expect(foreign).toEqual([]);
	});

	it('no comment for the linter is shipped, because the publish-time scan ignores it', () => {
		for (const file of [...filesIn('nodes', /\.ts$/), ...filesIn('credentials', /\.ts$/)]) {
			expect([file, textOf(file).includes('eslint-')]).toEqual([file, false]);
		}
	});
});

it('the built code needs nothing but n8n-workflow, luxon and node:crypto, which n8n provides', () => {
	const needed = filesIn('dist', /\.js$/).flatMap(importsOf);
	const packages = new Set(needed.filter((name) => !name.startsWith('dist/')));
	expect([...packages].sort()).toEqual(['luxon', 'n8n-workflow', 'node:crypto']);
});

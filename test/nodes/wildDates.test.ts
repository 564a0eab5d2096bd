/** @jest-environment ./test/engine/environment.ts */
/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { MAX, type Sandbox } from '../../sandbox';
import { engine } from '../engine';
import { useVendors, VENDORS, type Vendor } from './eachVendor';

const used = useVendors();

/** What stands in the JSON of one record where its date was. */
const WILD: Record<string, string> = {
	'a date of .NET that no clock knows': '"/Date(99999999999999999)/"',
	'a date of .NET before all': '"/Date(-99999999999999999)/"',
	'the last moment of JavaScript': '8640000000000000',
	'the same as text': '"+275760-09-13T00:00:00.000Z"',
	'the same of .NET': '"/Date(8640000000000000)/"',
	'no date of MySQL': '"0000-00-00"',
	'no date of .NET': '"0001-01-01T00:00:00"',
	'a day of February that is none': '"2026-02-31T10:00:00Z"',
	'a negative number': '-99999999999999999',
	'a number beyond all': '1e400',
	'the word for no number': '"NaN"',
	'the word for what has no end': '"Infinity"',
	'a number as text': '"99999999999999999999"',
	'an object': '{ "a": [] }',
	'a list': '["2099-03-31"]',
	'Mongo’s date of a number': '{ "$date": { "$numberLong": "99999999999999999" } }',
	'Mongo’s date in itself': '{ "$date": { "$date": { "$date": 1 } } }',
	'a boolean': 'true',
	'a text of a hundred thousand letters': `"${':00 ('.repeat(20_000)}"`,
};

const WHAT = Object.keys(WILD);
/** Each has a day of its own, which is found again in the answers of any of the services. */
const FOUND = /"2099-01-(\d\d)[^"]*"/g;
const dayOf = (title: string) =>
	new Date(Date.UTC(WHAT.includes(title) ? 2099 : 2098, 0, WHAT.indexOf(title) + 1, 10));
const literalOf = (_found: string, day: string) => Object.values(WILD)[Number(day) - 1];

const ADD: Record<string, (sandbox: Sandbox, title: string) => void> = {
	appmixer({ appmixer }, title) {
		const { taskId } = appmixer.createTask({ title, decisionBy: dayOf(title) });
		appmixer.tasks.find((task) => task.taskId === taskId)!.mtime = dayOf(title);
	},
	affinitext({ affinitext }, subject) {
		const [targetDate, createdAt] = [dayOf(subject), dayOf(subject)];
		affinitext.add({ subject, targetDate, createdAt });
	},
	mambu({ mambu }, title) {
		const [dueDate, creationDate] = [dayOf(title), dayOf(title)];
		mambu.createTask({ title, dueDate, creationDate, assignedUserKey: MAX.encodedKey });
	},
	nutrient({ nutrient }, name) {
		const dueDate = dayOf(name).toISOString();
		const { recipientTaskSid } = nutrient.createApproval({ name, dueDate });
		nutrient.tasks.find((task) => task.recipientTaskSid === recipientTaskSid)!.createdDate =
			dueDate;
	},
	opentaps({ opentaps }, noteText) {
		const createdAt = dayOf(noteText);
		const scheduledDateTime = createdAt.toISOString();
		opentaps.createTask({ noteText, createdAt, fields: { scheduledDateTime } });
	},
};

/** What a node lists and a trigger watches. */
interface Listed {
	name: string;
	vendor: Vendor;
	/** Stored with a date of its own. */
	add(sandbox: Sandbox, title: string): void;
	/** In which of the Task record's dates it comes. */
	date: 'dueAt' | 'createdAt';
	resource: 'task' | 'request' | 'activity';
	/** What the trigger watches, where it has a choice. */
	watch: INodeParameters;
	credential: ICredentialDataDecryptedObject;
}

const rowOf = (vendor: Vendor, change: Partial<Listed> = {}): Listed => ({
	...{ name: vendor.name, vendor, add: ADD[vendor.name], date: 'dueAt', resource: 'task' },
	...{ watch: {}, credential: {}, ...change },
});
const [mambu, nutrient, opentaps] = ['mambu', 'nutrient', 'opentaps'].map((name) =>
	VENDORS.find((vendor) => vendor.name === name)!,
);

const LISTED: Listed[] = [
	...VENDORS.map((vendor) => rowOf(vendor)),
	rowOf(mambu, { name: 'mambu V1', credential: { apiVersion: 'v1' } }),
	rowOf(nutrient, {
		...{ name: 'nutrient, requests', resource: 'request', date: 'createdAt' },
		...{ watch: { watch: 'requests' }, credential: { userName: 'ada' } },
		add({ nutrient: { workflow, ...service } }, name) {
			const request = workflow.instance(service.createApproval({ name }).instanceSid);
			const createdDate = dayOf(name).toISOString();
			Object.assign(request, { name, createdDate, lastMilestoneDate: createdDate });
		},
	}),
	rowOf(opentaps, {
		...{ name: 'opentaps, activities', resource: 'activity' },
		watch: { watch: 'activities' },
	}),
];

/** Between node and service, putting another date in place of the found ones. */
function openProxy(to: string): Promise<Server> {
	const server = createServer((incoming, answer) => {
		const { pathname, search } = new URL(incoming.url ?? '/', to);
		const headers = { ...incoming.headers, 'accept-encoding': 'identity', connection: 'close' };
		const asking = ask(
			`${to}${pathname}${search}`,
			{ method: incoming.method, headers },
			(from) => {
				const parts: Buffer[] = [];
				from.on('data', (part: Buffer) => parts.push(part));
				from.on('end', () => {
					const body = Buffer.from(Buffer.concat(parts).toString().replace(FOUND, literalOf));
					const kept = {
						'content-type': from.headers['content-type'],
						'content-length': body.length,
					};
					answer.writeHead(from.statusCode ?? 500, kept);
					answer.end(body);
				});
			},
		);
		asking.on('error', () => answer.destroy());
		incoming.pipe(asking);
	});
	return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const open: Server[] = [];
afterEach(async () => {
	for (const server of open.splice(0)) {
		server.closeAllConnections();
		await new Promise((closed) => server.close(closed));
	}
});

/** A service with a record for each wild date, between two good ones. */
async function openWild({ vendor, ...listed }: Listed) {
	const add = (title: string) => listed.add(used.sandbox, title);
	for (const title of ['first', ...WHAT, 'last']) add(title);
	const { url } = vendor.service(used.sandbox);
	const server = await openProxy(url);
	open.push(server);
	const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const login = Object.entries({ ...vendor.credential(used.sandbox), ...listed.credential });
	const credential = Object.fromEntries(
		login.map(([name, value]) => [name, value === url ? here : value]),
	);
	return { add, credential };
}

const ISO = /^[1-9]\d{3}-\d\d-\d\d(T\d\d:\d\d:\d\d\.\d{3}Z)?$/;

describe.each(LISTED)('$name', (listed) => {
	const { vendor, resource, date, watch } = listed;

	it('F11: Get Many lists every record when some have wild dates, which are none', async () => {
		const { credential } = await openWild(listed);
		const list = async (simple: boolean) => {
			const parameters = { resource, operation: 'getAll', returnAll: true, simple };
			const { error, outputs } = await engine.runNode({
				type: vendor.name,
				credential,
				parameters,
			});
			expect(error).toBeNull();
			return outputs[0].map(({ json }) => json);
		};
		const tasks = await list(true);
		expect(tasks).toHaveLength(WHAT.length + 2);
		for (const task of tasks) {
			// Nutrient names the request so, and the task after its process
			const title = WHAT.find((what) => [task.title, task.description].includes(what));
			const isGood = title === undefined;
			expect([title, task[date]]).toEqual([title, isGood ? expect.stringMatching(ISO) : null]);
			const { createdAt, updatedAt, decidedAt } = task;
			const others = [createdAt, updatedAt, decidedAt].filter((date) => date !== null);
			for (const date of others) expect([title, date]).toEqual([title, expect.stringMatching(ISO)]);
		}

		const raw = JSON.stringify(await list(false));
		for (const literal of Object.values(WILD)) {
			const value: unknown = JSON.parse(literal);
			// a number that would be rounded comes as text
			const isRounded = Number.isInteger(value) && !Number.isSafeInteger(value);
			expect(raw).toContain(JSON.stringify(isRounded ? literal : value));
		}
	});

	it('F11: a trigger tells of every record, and that a wild date is near or has passed of none', async () => {
		const { add, credential } = await openWild(listed);
		const fields = engine.nodeTypeOf(vendor.trigger).description.properties;
		const { options } = fields.find(({ name }) => name === 'events')!;
		const events = (options as Array<{ value: string }>).map(({ value }) => value);
		const parameters = { events, ...watch };
		const polling = await engine.openPolling({ type: vendor.trigger, credential, parameters });
		expect(await polling.poll()).toBeNull();
		expect(await polling.poll()).toBeNull();
		expect(JSON.stringify(polling.staticData())).not.toMatch(/NaN|Infinity|null/);
		add('new');
		const told = (await polling.poll()) ?? [];
		expect(told.map(({ event }) => (event as { type: string }).type)).toEqual(['new']);
		expect(await polling.poll()).toBeNull();
		const samples = (await polling.poll('manual')) ?? [];
		expect(samples.length).toBeGreaterThan(0);
		for (const { event, dueAt } of samples) {
			if (dueAt === null) expect(event).not.toMatchObject({ type: expect.stringMatching(/due/i) });
		}
	});
});

// other records have no such list
const PICKED = LISTED.filter(({ resource }) => resource === 'task');

it.each(PICKED)('F11: $name: a list in the editor shows all of them', async (listed) => {
	const { credential } = await openWild(listed);
	const asked = { type: listed.vendor.name, credential, parameters: {} };
	const shown = await engine.searchList(asked, undefined, 'searchTasks');
	expect(shown).toHaveLength(WHAT.length + 2);
});

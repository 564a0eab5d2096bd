import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isSame, marksOf } from '../../../../nodes/shared/items/askedOf';

interface Asking {
	items?: IDataObject[];
	/** What the expression `=now` gives. */
	now?: number;
	/** The ID of the credential, and what it holds. */
	id?: string;
	login?: IDataObject;
	names?: string[];
}

/** Of the second item, in a node with these fields. */
async function marks(parameters: IDataObject, asking: Asking = {}) {
	const { items = [{ n: 1 }, { n: 2 }], now = 0, id = '1', login = {}, names } = asking;
	const credentials = { api: { id, name: 'Acme' } };
	const context = {
		getNode: () => ({ parameters, credentials }),
		getCredentials: async () => login,
		getInputData: () => items.map((json) => ({ json })),
		getNodeParameter: (name: string, item: number) => {
			const entered = parameters[name];
			if (entered === '=bad') throw new Error('It cannot be resolved');
			return entered === '=n' ? items[item].n : entered === '=now' ? now : entered;
		},
	};
	return await marksOf(context as unknown as IExecuteFunctions, 1, names);
}
const BESIDE = { simple: false, itemsInParallel: 3, repeatUnknown: '7' };

it('what an expression gives for the item may change while what was entered stays', async () => {
	const first = await marks({ title: 'a', message: '=now' }, { now: 1 });
	expect(isSame(first, await marks({ title: 'a', message: '=now' }, { now: 2 }))).toBe(true);
});

it('what was entered may be mended while what comes of it stays', async () => {
	expect(isSame(await marks({ title: '=n' }), await marks({ title: 2 }))).toBe(true);
	expect(isSame(await marks({ title: '=n' }), await marks({ title: 3 }))).toBe(false);
});

it('one field may be mended while another moves', async () => {
	const first = await marks({ title: '=n', message: '=now' }, { now: 1 });
	expect(isSame(first, await marks({ title: 2, message: '=now' }, { now: 2 }))).toBe(true);
	expect(isSame(first, await marks({ title: 2, message: 2 }, { now: 2 }))).toBe(false);
});

it('an item that came in with other fields may give the same, or not', async () => {
	const first = await marks({ title: '=n' });
	expect(isSame(first, await marks({ title: '=n' }, { items: [{}, { n: 2, more: 1 }] }))).toBe(
		true,
	);
	expect(isSame(first, await marks({ title: '=n' }, { items: [{}, { n: 3 }] }))).toBe(false);
	expect(isSame(first, await marks({ title: '=n' }, { items: [{ n: 5 }, { n: 2 }] }))).toBe(true);
});

it('another field makes it another thing, unless only some say what is asked', async () => {
	expect(isSame(await marks({ title: 'a' }), await marks({ title: 'b' }))).toBe(false);
	expect(isSame(await marks({ title: 'a' }), await marks({ title: 'a', size: 1 }))).toBe(false);
	expect(isSame(await marks({ title: 'a', size: 1 }), await marks({ title: 'a' }))).toBe(false);
	const titles = { names: ['title'] };
	expect(
		isSame(await marks({ title: 'a', size: 1 }, titles), await marks({ title: 'a' }, titles)),
	).toBe(true);
});

it('how a thing is sent or shown is not what is asked, but a body may have such words', async () => {
	const more = { title: 'a', ...BESIDE, options: { zone: 'utc', ...BESIDE } };
	expect(isSame(await marks(more), await marks({ title: 'a', options: { zone: 'utc' } }))).toBe(
		true,
	);
	expect(isSame(await marks(more), await marks({ title: 'a', options: { zone: 'cet' } }))).toBe(
		false,
	);
	expect(
		isSame(await marks({ body: { simple: true } }), await marks({ body: { simple: false } })),
	).toBe(false);
	expect(isSame(await marks({ options: null }), await marks({ options: null }))).toBe(true);
});

it('what cannot be resolved is the same as long as it was entered so', async () => {
	expect(isSame(await marks({ title: '=bad' }), await marks({ title: '=bad' }))).toBe(true);
	expect(isSame(await marks({ title: '=bad' }), await marks({ title: 'a' }))).toBe(false);
});

it('of what is picked from a list counts which it is, not how it was picked or is called', async () => {
	const of = async (more: object) => {
		const locator = { __rl: true, mode: 'list', value: '7', ...more };
		return await marks({ taskId: locator, options: { owner: locator } });
	};
	const first = await of({ cachedResultName: 'A', cachedResultUrl: 'https://acme.example/7' });
	expect(isSame(first, await of({ cachedResultName: 'A, renamed' }))).toBe(true);
	expect(isSame(first, await of({ mode: 'id' }))).toBe(true);
	expect(isSame(first, await of({ value: '8', cachedResultName: 'A' }))).toBe(false);
	for (const mode of ['key', 'name']) expect(isSame(first, await of({ mode }))).toBe(true);
	// one's name may be another's key
	expect(isSame(first, await of({ mode: 'username' }))).toBe(false);
	expect(isSame(first, await marks({ taskId: '7', options: { owner: '7' } }))).toBe(true);
});

it('a body with a mode and a value is no pick from a list', async () => {
	const body = { mode: 'a', value: '7' };
	expect(isSame(await marks({ body }), await marks({ body: { ...body, mode: 'b' } }))).toBe(false);
	expect(isSame(await marks({ body }), await marks({ body: '7' }))).toBe(false);
});

it('the same question to another tenant is another one, also behind the same credential', async () => {
	const to = async (baseUrl: string, id = '1', token = 'a') =>
		await marks({ title: 'a' }, { id, login: { baseUrl, token } });
	const first = await to('https://acme.example');
	expect(isSame(first, await to('https://Acme.example/', '1', 'renewed'))).toBe(true);
	expect(isSame(first, await to('https://acme.example', '2'))).toBe(false);
	expect(isSame(first, await to('https://other.example'))).toBe(false);
});

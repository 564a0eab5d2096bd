import type { IDataObject, INode, IExecuteFunctions } from 'n8n-workflow';

import { isSame, marksOf } from '../../../../nodes/shared/items/askedOf';

interface Asking {
	items?: IDataObject[];
	/** What the expression `=now` gives. */
	now?: number;
	credentials?: INode['credentials'];
	names?: string[];
}

/** Of the second item, in a node with these fields. */
function marks(parameters: IDataObject, asking: Asking = {}) {
	const { items = [{ n: 1 }, { n: 2 }], now = 0, credentials, names } = asking;
	const context = {
		getNode: () => ({ parameters, credentials }),
		getInputData: () => items.map((json) => ({ json })),
		getNodeParameter: (name: string, item: number) => {
			const entered = parameters[name];
			if (entered === '=bad') throw new Error('It cannot be resolved');
			return entered === '=n' ? items[item].n : entered === '=now' ? now : entered;
		},
	};
	return marksOf(context as unknown as IExecuteFunctions, 1, names);
}
const BESIDE = { simple: false, itemsInParallel: 3, repeatUnknown: true };

it('what an expression gives for the item may change while what was entered stays', () => {
	const first = marks({ title: 'a', message: '=now' }, { now: 1 });
	expect(isSame(first, marks({ title: 'a', message: '=now' }, { now: 2 }))).toBe(true);
});

it('what was entered may be mended while what comes of it stays', () => {
	expect(isSame(marks({ title: '=n' }), marks({ title: 2 }))).toBe(true);
	expect(isSame(marks({ title: '=n' }), marks({ title: 3 }))).toBe(false);
});

it('one field may be mended while another moves', () => {
	const first = marks({ title: '=n', message: '=now' }, { now: 1 });
	expect(isSame(first, marks({ title: 2, message: '=now' }, { now: 2 }))).toBe(true);
	expect(isSame(first, marks({ title: 2, message: 2 }, { now: 2 }))).toBe(false);
});

it('an item that came in with other fields may give the same, or not', () => {
	const first = marks({ title: '=n' });
	expect(isSame(first, marks({ title: '=n' }, { items: [{}, { n: 2, more: 1 }] }))).toBe(true);
	expect(isSame(first, marks({ title: '=n' }, { items: [{}, { n: 3 }] }))).toBe(false);
	expect(isSame(first, marks({ title: '=n' }, { items: [{ n: 5 }, { n: 2 }] }))).toBe(true);
});

it('another field makes it another thing, unless only some say what is asked', () => {
	expect(isSame(marks({ title: 'a' }), marks({ title: 'b' }))).toBe(false);
	expect(isSame(marks({ title: 'a' }), marks({ title: 'a', size: 1 }))).toBe(false);
	expect(isSame(marks({ title: 'a', size: 1 }), marks({ title: 'a' }))).toBe(false);
	const titles = { names: ['title'] };
	expect(isSame(marks({ title: 'a', size: 1 }, titles), marks({ title: 'a' }, titles))).toBe(true);
});

it('how a thing is sent or shown is not what is asked, but a body may have such words', () => {
	const more = { title: 'a', ...BESIDE, options: { zone: 'utc', ...BESIDE } };
	expect(isSame(marks(more), marks({ title: 'a', options: { zone: 'utc' } }))).toBe(true);
	expect(isSame(marks(more), marks({ title: 'a', options: { zone: 'cet' } }))).toBe(false);
	expect(isSame(marks({ body: { simple: true } }), marks({ body: { simple: false } }))).toBe(false);
	expect(isSame(marks({ options: null }), marks({ options: null }))).toBe(true);
});

it('what cannot be resolved is the same as long as it was entered so', () => {
	expect(isSame(marks({ title: '=bad' }), marks({ title: '=bad' }))).toBe(true);
	expect(isSame(marks({ title: '=bad' }), marks({ title: 'a' }))).toBe(false);
});

it('the same question to another tenant is another one', () => {
	const to = (id: string) => marks({ title: 'a' }, { credentials: { api: { id, name: 'Acme' } } });
	expect(isSame(to('1'), to('1'))).toBe(true);
	expect(isSame(to('1'), to('2'))).toBe(false);
});

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { askedOf, isSame, marksOf } from '../../../../nodes/shared/items/askedOf';

/** What n8n gives a node with these fields, of two items that came in. */
const contextOf = (parameters: IDataObject, items: IDataObject[] = [{ n: 1 }, { n: 2 }]) =>
	({
		getNode: () => ({ parameters }),
		getInputData: () => items.map((json) => ({ json })),
		getNodeParameter: (name: string, item: number) => {
			if (parameters[name] === '=bad') throw new Error('It cannot be resolved');
			return parameters[name] === '=n' ? items[item].n : parameters[name];
		},
	}) as unknown as IExecuteFunctions;
const BESIDE = { simple: false, itemsInParallel: 3, repeatUnknown: true };
const entered = (parameters: IDataObject, items?: IDataObject[]) =>
	marksOf(contextOf(parameters, items), 1, null).entered;

it('asks what the fields say of the item, and not what cannot be resolved', () => {
	expect(askedOf(contextOf({ title: '=n', other: '=bad' }), 1)).toEqual({ title: 2, other: null });
});

it('how a thing is sent or shown is not what is asked', () => {
	const options = { zone: 'utc' };
	const more = { title: 'a', ...BESIDE, options: { ...options, ...BESIDE } };
	expect(askedOf(contextOf(more), 0)).toEqual({ title: 'a', options });
	expect(entered(more)).toBe(entered({ title: 'a', options }));
	expect(askedOf(contextOf({ options: null }), 0)).toEqual({ options: null });
});

it('what was entered is another thing with another field or another item', () => {
	const first = entered({ title: 'a' });
	expect(entered({ title: 'b' })).not.toBe(first);
	expect(entered({ title: 'a' }, [{ n: 1 }, { n: 3 }])).not.toBe(first);
	expect(entered({ title: 'a' }, [{ n: 5 }, { n: 2 }])).toBe(first);
});

it('one of the two marks is enough', () => {
	const known = { entered: 'a', asked: 'b' };
	expect(isSame(known, { entered: 'a', asked: 'c' })).toBe(true);
	expect(isSame(known, { entered: 'c', asked: 'b' })).toBe(true);
	expect(isSame(known, { entered: 'b', asked: 'a' })).toBe(false);
});

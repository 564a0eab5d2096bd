import type { INode } from 'n8n-workflow';

import { scopeOf } from '../../../../nodes/shared/trigger/scope';

const of = (parameters: object, login = '1', beside: string[] = []) =>
	scopeOf({ parameters } as unknown as INode, login, beside);

it('is the same whatever is emitted, when and in which order the filters are stored', () => {
	expect(of({ a: 1, b: 2, events: ['new'], simple: true, pollTimes: {} })).toBe(of({ b: 2, a: 1 }));
});

it('is another one for other filters, and for another login', () => {
	expect(of({ a: 2 })).not.toBe(of({ a: 1 }));
	expect(of({ a: 1 }, '2')).not.toBe(of({ a: 1 }));
});

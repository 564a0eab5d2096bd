import { createHmac } from 'node:crypto';

import fc from 'fast-check';

import {
	markOf,
	mintKey,
	newMark,
	signedTask,
	signedUrl,
	tokenFor,
	urlFingerprint,
} from '../../../../nodes/shared/trigger/callbackToken';

const KEY = 'the key';
const queryOf = (url: string) => Object.fromEntries(new URL(url).searchParams);

it('signs a task with HMAC-SHA256 in the query, keeping what is there', () => {
	const url = signedUrl('https://n8n.example.com/webhook/1?a=b', KEY, 'task 1');
	expect(queryOf(url)).toEqual({
		a: 'b',
		task: 'task 1',
		token: createHmac('sha256', KEY).update('task 1').digest('hex'),
	});
});

it('marks one registration of a task', () => {
	const mark = newMark();
	expect(mark).toMatch(/^[0-9a-f]{12}$/);
	expect(newMark()).not.toBe(mark);
	const query = queryOf(signedUrl('https://n8n.example.com', KEY, 'A', mark));
	expect([signedTask(query, [KEY]), markOf(query)]).toEqual(['A', mark]);
	const unmarked = queryOf(signedUrl('https://n8n.example.com', KEY, 'A'));
	expect([markOf(unmarked), markOf(undefined)]).toEqual([undefined, undefined]);
});

it('mints a different key each time', () => {
	expect(mintKey()).toMatch(/^[0-9a-f]{64}$/);
	expect(mintKey()).not.toBe(mintKey());
});

it('accepts what it signed, with any of the keys', () => {
	const query = queryOf(signedUrl('https://n8n.example.com', KEY, 'A'));
	expect(signedTask(query, [KEY])).toBe('A');
	expect(signedTask(query, ['other', KEY])).toBe('A');
	expect(signedTask(query, ['other'])).toBeNull();
	expect(signedTask(query, [])).toBeNull();
});

it('never accepts an empty key', () => {
	const token = createHmac('sha256', '').update('A').digest('hex');
	expect(signedTask({ task: 'A', token }, [''])).toBeNull();
});

it('does not accept the token of another task', () => {
	expect(signedTask({ task: 'B', token: tokenFor(KEY, 'A') }, [KEY])).toBeNull();
	expect(signedTask({ task: '', token: tokenFor(KEY, '') }, [KEY])).toBeNull();
});

it('tells URLs apart by 16 characters, which are none of the token', () => {
	const urls = ['A', 'B'].map((task) => signedUrl('https://n8n.example.com', KEY, task));
	const [a, b] = urls.map(urlFingerprint);
	expect(a).toMatch(/^[0-9a-f]{16}$/);
	expect(a).not.toBe(b);
	expect(urls[0]).not.toContain(a);
});

it('accepts nothing else, whatever comes in', () => {
	const good = queryOf(signedUrl('https://n8n.example.com', KEY, 'A'));
	const part = fc.oneof(
		fc.anything(),
		fc.constantFrom<unknown>(good.token, good.token.slice(0, 63), [good.token], `${good.token}0`),
	);
	fc.assert(
		fc.property(fc.oneof(fc.anything(), fc.record({ task: part, token: part })), (query) => {
			expect(signedTask(query, [KEY])).toBeNull();
		}),
	);
});

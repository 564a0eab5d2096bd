import type { IDataObject } from 'n8n-workflow';

import { fieldError } from '../shared/http/nodeErrors';
import { notWhole } from '../shared/http/notWhole';
import { isTooDeep, TOO_DEEP } from '../shared/http/readAnswer';
import { refusalError } from '../shared/http/statusWords';
import { createTransport, type ApiContext, type ApiRequest } from '../shared/http/transport';
import { parseJson } from '../shared/http/wireJson';
import { isRecord } from './aliases';
import { explainError, NOT_JSON } from './explainError';
import { findItems, itemsAt, valueAt, type Found } from './findItems';
import { idOf } from './identify';
import { libraryUrl } from './libraryUrl';

export const CREDENTIAL = 'affinitextApi';
const SERVICE = 'Affinitext';
const PATH = '/api/tasks';
const ACTION = 'list tasks';
const NO_LIST = 'It sent JSON without any list in it. Check the Library.';
/** Pages followed at most. */
const MAX_PAGES = 100;
/** How often a list in pages is read at most that changes meanwhile. */
const MAX_READINGS = 6;

const send = createTransport({
	service: SERVICE,
	credential: CREDENTIAL,
	baseUrl: libraryUrl,
	address: 'Library or Base URL',
	explainError,
});

/** How the list is read; all of it optional, as none of it is documented. */
export interface FeedRequest {
	/** Where the tasks are in the answer; looked for when empty. */
	itemsPath: string;
	/** What tells tasks apart; looked for when empty. */
	idField: string;
	/** Sent as they are. */
	qs: Record<string, string>;
	followPages: boolean;
}

export interface Feed extends Found {
	/** The first answer as it came. */
	body: unknown;
	/** Whether the answer names a next page that was not asked for. */
	hasMore: boolean;
}

/** Reads the whole list: the one call the API has. */
export async function readFeed(context: ApiContext, request: FeedRequest): Promise<Feed> {
	const body = await call(context, { path: PATH, qs: request.qs });
	const feed: Feed = { ...(await itemsIn(context, body, request)), body, hasMore: false };
	const next = nextPage(body);
	if (next === undefined || !request.followPages) return { ...feed, hasMore: next !== undefined };
	let items = await readPages(context, request, feed.items, next);
	for (let times = 2; times <= MAX_READINGS; times++) {
		const before = items;
		const first = await call(context, { path: PATH, qs: request.qs });
		const found = await itemsIn(context, first, request);
		items = await readPages(context, request, found.items, nextPage(first));
		const whole = agree(before, items, request.idField);
		if (whole) return { ...feed, items: whole };
	}
	throw notWhole(
		{ node: context.getNode(), service: SERVICE, action: ACTION },
		'changes',
		items.length,
	);
}

/**
 * The list, when two readings prove it whole. Pages that are named one by one cannot be made to overlap: a task that
 * leaves an early page lets another slip past. Then it is not in the next reading any more.
 */
function agree(before: IDataObject[], now: IDataObject[], idField: string): IDataObject[] | null {
	const keyOf = (raw: IDataObject) => idOf(raw, idField) ?? JSON.stringify(raw);
	const [old, keys] = [before.map(keyOf), now.map(keyOf)];
	if (old.length === keys.length && old.every((key, index) => key === keys[index])) return now;
	const byKey = new Map(now.map((raw, index) => [keys[index], raw]));
	const isEven = new Set(old).size === old.length;
	return isEven && old.every((key) => byKey.has(key)) ? [...byKey.values()] : null;
}

/** The items of the first page and of those that follow. */
async function readPages(
	context: ApiContext,
	request: FeedRequest,
	first: IDataObject[],
	second: string | undefined,
): Promise<IDataObject[]> {
	const base = libraryUrl(await context.getCredentials(CREDENTIAL));
	const items = [...first];
	const seen = new Set([`${base}${PATH}`]);
	let next = second;
	while (next !== undefined) {
		const url = new URL(next, `${base}${PATH}`);
		if (url.origin !== new URL(base).origin || !url.href.startsWith(`${base}/`)) {
			throw refused(context, `The next page is at ${url.host}; the token is not sent there.`);
		}
		if (seen.has(url.href) || seen.size >= MAX_PAGES) {
			throw refused(context, 'The pages do not end. Turn off Follow Pages.');
		}
		seen.add(url.href);
		const page = await call(context, { path: url.href.slice(base.length) });
		for (const item of (await itemsIn(context, page, request)).items) items.push(item);
		next = nextPage(page);
	}
	return items;
}

async function call(context: ApiContext, request: Pick<ApiRequest, 'path' | 'qs'>) {
	const response = await send(context, {
		...request,
		method: 'GET',
		action: ACTION,
		headers: { Accept: 'application/json' },
		// JSON is read here, whatever it is announced as: a list may come as a page, a page as JSON
		answer: 'bytes',
	});
	const text = Buffer.from(response.body as Uint8Array).toString('utf8');
	const body = jsonIn(text);
	if (isList(body)) return body;
	const isPage = /^\s*</.test(text);
	throw refused(context, isPage ? NOT_JSON : whyNot(body), response.status);
}

function jsonIn(text: string): unknown {
	try {
		return parseJson(text.replace(/^\uFEFF/, ''));
	} catch {
		return undefined;
	}
}

function whyNot(body: unknown): string {
	if (body === undefined) return 'It sent no JSON. Try again later.';
	return isTooDeep(body) ? TOO_DEEP : NO_LIST;
}

/** Whatever holds tasks, in a depth that can be looked through. */
const isList = (body: unknown) => typeof body === 'object' && body !== null && !isTooDeep(body);

const refused = (context: ApiContext, hint: string, status = 200) =>
	refusalError(context.getNode(), {
		service: SERVICE,
		action: ACTION,
		status,
		hint,
		...(hint !== NOT_JSON && { what: 'answered with something that cannot be used' }),
	});

async function itemsIn(
	context: ApiContext,
	body: unknown,
	{ itemsPath }: FeedRequest,
): Promise<Found> {
	if (itemsPath === '') return findItems(body);
	const found = itemsAt(body, itemsPath);
	if (found) return found;
	const keys = isRecord(body) ? Object.keys(body).slice(0, 20).join(', ') : 'no keys';
	const has = await send.shown(context, keys);
	throw fieldError(
		context.getNode(),
		`Items Path "${itemsPath}" leads to nothing in Affinitext's answer`,
		`On its first level the answer has: ${has}. Leave Items Path empty to have the tasks looked for.`,
	);
}

const NEXT = ['next', 'links.next', '_links.next.href', 'links.next.href', 'next_page_url'];
const ODATA = ['@odata.nextLink', 'nextLink'];

/** The address of the next page where the answer names one. Undocumented, in the forms common elsewhere. */
function nextPage(body: unknown): string | undefined {
	if (!isRecord(body)) return undefined;
	const found = [...NEXT, ...ODATA].map((path) => valueAt(body, path));
	return found.find((value) => typeof value === 'string' && /^(https?:\/\/|[/?])/i.test(value)) as
		string | undefined;
}

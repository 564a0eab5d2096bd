/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import type { Socket } from 'node:net';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';

import { head, whole, type Answer } from './hostileServer';

const JSON_TYPE = { 'content-type': 'application/json' };
const MB = 1024 * 1024;
const says =
	(status: number | string, body: string | Buffer, headers: object = JSON_TYPE): Answer =>
	(socket) =>
		void socket.end(whole(status, headers as Record<string, string>, body));
const hangsUpAfter =
	(text: string): Answer =>
	(socket) =>
		void socket.write(text, 'latin1', () => socket.destroy());

const LIST = JSON.stringify([{ id: 'a', taskId: 'a', sid: 'a', status: 'approved' }]);
const PAGE = `<!doctype html><html><body><h1>Welcome</h1>${'<p>Hello</p>'.repeat(50)}</body></html>`;
const HTML = { 'content-type': 'text/html; charset=utf-8' };

/** The body is cut, at every kind of place. */
export const CUT: Record<string, Answer> = {
	'reset after accept': (socket) => void socket.resetAndDestroy(),
	'nothing, and hung up': (socket) => void socket.end(),
	'cut in the status line': hangsUpAfter('HTTP/1.1 2'),
	'cut in a header': hangsUpAfter('HTTP/1.1 200 OK\r\ncontent-type: appl'),
	'cut after the headers': hangsUpAfter(head(200, { ...JSON_TYPE, 'content-length': '50' })),
	'cut in the body': hangsUpAfter(`${head(200, { ...JSON_TYPE, 'content-length': '500' })}${LIST}`),
	'cut in a chunk': hangsUpAfter(`${head(200, { 'transfer-encoding': 'chunked' })}ff\r\n${LIST}`),
	'no last chunk': hangsUpAfter(
		`${head(200, { ...JSON_TYPE, 'transfer-encoding': 'chunked' })}${LIST.length.toString(16)}\r\n${LIST}\r\n`,
	),
	'chunk of no length': hangsUpAfter(`${head(200, { 'transfer-encoding': 'chunked' })}zz\r\n[]`),
	'cut JSON, whole on the wire': says(200, LIST.slice(0, 30)),
	'cut gzip, whole on the wire': says(200, gzipSync(LIST.repeat(9)).subarray(0, 40), {
		...JSON_TYPE,
		'content-encoding': 'gzip',
	}),
	'HTTP/1.0, cut JSON': (socket) =>
		void socket.end(`${head(200, JSON_TYPE, '1.0')}${LIST.slice(0, 30)}`),
	'half a gzip bomb': (socket) =>
		void socket.end(
			whole(
				200,
				{ ...JSON_TYPE, 'content-encoding': 'gzip' },
				gzipSync('['.repeat(9)).subarray(0, 12),
			),
		),
};

const drip = (socket: Socket, bytes: string) => {
	const timer = setInterval(() => void socket.write(bytes), 50);
	socket.on('close', () => clearInterval(timer));
};

/** It does not end by itself. */
export const ENDLESS: Record<string, Answer> = {
	drip: (socket) => {
		socket.write(head(200, { ...JSON_TYPE, 'content-length': '100000' }));
		drip(socket, ' ');
	},
	'chunks without end': (socket) => {
		socket.write(head(200, { ...JSON_TYPE, 'transfer-encoding': 'chunked' }));
		drip(socket, '1\r\n[\r\n');
	},
	'headers without end': (socket) => {
		socket.write('HTTP/1.1 200 OK\r\n');
		drip(socket, 'x: y\r\n');
	},
	'100 Continue without end': (socket) => drip(socket, 'HTTP/1.1 100 Continue\r\n\r\n'),
	silence: () => {},
	'101 Switching Protocols': (socket) =>
		void socket.end('HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
	'an error that drips': (socket) => {
		socket.write(head(500, { ...JSON_TYPE, 'content-length': '100000' }));
		drip(socket, ' ');
	},
	'a 401 that drips': (socket) => {
		socket.write(head(401, { ...JSON_TYPE, 'content-length': '100000' }));
		drip(socket, ' ');
	},
};

/** A few MB that unpack to more than anybody reads, packed when they are first asked for: gzip may be in several parts, the others end with their first. */
const PACKS = {
	gzip: { pack: gzipSync, mb: 64, parts: 48 },
	br: { pack: fastBrotli, mb: 192, parts: 1 },
	deflate: { pack: deflateSync, mb: 192, parts: 1 },
};
function fastBrotli(bytes: Buffer): Buffer {
	return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
}
const packed = new Map<string, Buffer>();
function bomb(encoding: keyof typeof PACKS, status = 200): Answer {
	const { pack, mb, parts } = PACKS[encoding];
	return async (socket) => {
		const part = packed.get(encoding) ?? pack(Buffer.alloc(mb * MB, ' '));
		packed.set(encoding, part);
		socket.write(head(status, { ...JSON_TYPE, 'content-encoding': encoding }));
		for (let sent = 0; sent < parts && !socket.destroyed; sent++) {
			if (!socket.write(part))
				await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve));
		}
		socket.end();
	};
}

/** More than anybody reads. */
export const BOMBS: Record<string, Answer> = {
	'gzip bomb': bomb('gzip'),
	'gzip bomb as an error': bomb('gzip', 500),
	'gzip bomb as a 401': bomb('gzip', 401),
	'brotli bomb': bomb('br'),
	'deflate bomb': bomb('deflate'),
};

const errorOf = (kind: string) =>
	({
		JSON: `{"message":"${'no '.repeat(17 * MB)}"}`,
		text: 'no '.repeat(17 * MB),
		HTML: `<html>${'<p>no</p>'.repeat(6 * MB)}`,
	})[kind]!;
const TYPES: Record<string, object> = {
	JSON: JSON_TYPE,
	text: { 'content-type': 'text/plain' },
	HTML,
};

export const LARGE: Record<string, Answer> = Object.fromEntries([
	...[400, 500].flatMap((status) =>
		Object.keys(TYPES).map((kind): [string, Answer] => [
			`50 MB of ${kind} with ${status}`,
			(socket, asked) => says(status, errorOf(kind), TYPES[kind])(socket, asked),
		]),
	),
	['a header of 100 KB', says(200, LIST, { ...JSON_TYPE, 'x-more': 'x'.repeat(100 * 1024) })],
	['an error in 100 KB of header', says(500, '', { 'x-more': 'x'.repeat(100 * 1024) })],
]);

const redirect =
	(status: number, to: (origin: string, target: string) => string | null): Answer =>
	(socket, { origin, target }) => {
		const location = to(origin, target);
		socket.end(whole(status, location === null ? {} : { location }, ''));
	};

export const REDIRECTS: Record<string, Answer> = Object.fromEntries(
	[301, 302, 303, 307, 308].flatMap((status): Array<[string, Answer]> => [
		[`${status} to itself`, redirect(status, (origin, target) => `${origin}${target}`)],
		[`${status} to another host`, redirect(status, () => 'http://198.51.100.1/steal?token=x')],
		[`${status} to a file`, redirect(status, () => 'file:///etc/passwd')],
		[`${status} to nowhere`, redirect(status, () => null)],
		[`${status} to what is no address`, redirect(status, () => 'http://[')],
	]),
);

const utf16 = (text: string) =>
	Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const encoded = (encoding: string, body: string | Buffer = LIST) =>
	says(200, body, { ...JSON_TYPE, 'content-encoding': encoding });

/** What no service answers. */
export const NONSENSE: Record<string, Answer> = {
	'a page with 200': says(200, PAGE, HTML),
	'a page with 500': says(500, PAGE, HTML),
	'a page as JSON': says(200, PAGE),
	'a page without a type': says(200, PAGE, {}),
	'a page with 401': says(401, PAGE, HTML),
	'nothing with 200': says(200, ''),
	'blanks with 200': says(200, ' \r\n\t '),
	'nothing with 204': (socket) => void socket.end(head(204, {})),
	'205': says(205, ''),
	'nothing with 299': says(299, ''),
	null: says(200, 'null'),
	'a number': says(200, '7'),
	true: says(200, 'true'),
	'an empty text': says(200, '""'),
	'a text': says(200, '"hello"'),
	'text as JSON': says(200, 'All is well'),
	'JSON as an image': says(200, Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0]), {
		'content-type': 'image/png',
	}),
	'bytes that are no UTF-8': says(200, Buffer.from([0x5b, 0x22, 0xff, 0xfe, 0x80, 0xc3, 0x5d])),
	'UTF-16': says(200, utf16(LIST)),
	NaN: says(200, '[NaN]'),
	'JSON and more': says(200, `${LIST}${LIST}`),
	'gzip that is none': encoded('gzip'),
	'brotli that is none': encoded('br'),
	'deflate that is none': encoded('deflate'),
	'gzip of nothing': encoded('gzip', ''),
	'an encoding nobody knows': encoded('rot13', Buffer.from('[{"vq":"n"}'.repeat(3))),
	'100,000 levels of lists': says(200, '['.repeat(100_000) + ']'.repeat(100_000)),
	'100,000 levels of objects': says(200, '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)),
	'100,000 levels as an error': says(400, '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)),
	'100,000 levels as a 401': says(401, '{"message":'.repeat(100_000) + '1' + '}'.repeat(100_000)),
	'status 600': says(600, LIST),
	'status 999': says(999, LIST),
	'status 418': says(418, LIST),
	'status 99': says(99, LIST),
	'status 0': says('000', LIST),
	'no HTTP at all': hangsUpAfter('SSH-2.0-OpenSSH_9.6\r\n'),
	'what TLS says to HTTP': (socket) => void socket.end(Buffer.from([21, 3, 1, 0, 2, 2, 70])),
	'two lengths': says(200, LIST, [
		['content-length', '3'],
		['content-type', 'application/json'],
	]),
	'a length below zero': hangsUpAfter(`HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n${LIST}`),
	'a success of odd shape': says(200, '{"toString":1,"valueOf":2}'),
	'an error of odd shape': says(400, '{"message":{"toString":1},"error":[],"errors":{"0":null}}'),
	'an error with keys of objects': says(
		400,
		'{"__proto__":{"message":"x"},"constructor":{"prototype":{"polluted":1}},"errors":[[]]}',
	),
	'an error of lone surrogates': says(
		400,
		'{"message":"\\ud800\\udfff\\udc00 no","error":"\\ud800"}',
	),
};

/** A read waits as it is asked to, but not long. */
const AFTER = [
	'-5',
	'1e9',
	'0.5',
	'1.5e3',
	'soon',
	'',
	' ',
	'9'.repeat(400),
	'0x10',
	'Infinity',
	'NaN',
].concat('Wed, 21 Oct 2015 07:28:00 GMT', 'Fri, 31 Dec 9999 23:59:59 GMT', '9999-12-31', '31');
export const RETRY_AFTER: Record<string, Answer> = Object.fromEntries([
	...AFTER.flatMap((after): Array<[string, Answer]> => [
		[`503, Retry-After: ${after.slice(0, 40)}`, says(503, '{}', { 'retry-after': after })],
	]),
	['429, Retry-After: 1e9', says(429, '{}', { 'retry-after': '1e9' })],
	['429, Retry-After: 1000000000', says(429, '{}', { 'retry-after': '1000000000' })],
	[
		'429, two of Retry-After',
		says(429, '{}', [
			['retry-after', '1'],
			['retry-after', '7'],
		]),
	],
]);

/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { server as createServer } from '@hapi/hapi';
import { simpleParser, type AddressObject } from 'mailparser';
import { SMTPServer } from 'smtp-server';

import { mailPage, type Mail } from './mailPage';

export type { Mail } from './mailPage';

/** A mail server that delivers to nobody and shows what it got. */
export interface MailSink {
	host: string;
	/** SMTP, without encryption and login. */
	port: number;
	/** The page that shows the mails. */
	url: string;
	/** Oldest first. */
	mails: Mail[];
	/** Ends both servers and their connections. */
	close(): Promise<void>;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const plain = (html: string) =>
	html
		.replace(/<[^>]*>/g, '')
		.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name])
		.trim();

const linksOf = (html: string) =>
	[...html.matchAll(/<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)<\/a>/gis)].map(([, url, label]) => ({
		label: plain(label),
		url: plain(url),
	}));

const addresses = (given: AddressObject | AddressObject[] | undefined) =>
	[given ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address ?? ''));

/** Starts the mail server and its page, on free ports of this machine only. */
export async function startMail(): Promise<MailSink> {
	const host = '127.0.0.1';
	const mails: Mail[] = [];
	const smtp = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS', 'AUTH'],
		disableReverseLookup: true,
		closeTimeout: 1000,
		onData(stream, _session, done) {
			simpleParser(stream).then(({ to, from, subject = '', text = '', html }) => {
				const links = linksOf(html || '');
				mails.push({ to: addresses(to), from: addresses(from)[0] ?? '', subject, text, links });
				done();
			}, done);
		},
	});
	// a client that goes away is its own business
	smtp.on('error', () => undefined);
	const listening = smtp.listen(0, host);
	if (!listening.listening) await once(listening, 'listening');

	const pages = createServer({ host, port: 0, debug: false });
	pages.route({
		method: 'GET',
		path: '/',
		handler: (_request, h) => h.response(mailPage(mails)).type('text/html'),
	});
	await pages.start();
	let closed: Promise<void> | undefined;

	return {
		host,
		port: (listening.address() as AddressInfo).port,
		url: pages.info.uri,
		mails,
		close() {
			closed ??= (async () => {
				await pages.stop({ timeout: 0 });
				await new Promise<void>((resolve) => smtp.close(() => resolve()));
			})();
			return closed;
		},
	};
}

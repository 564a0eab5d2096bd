/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { once } from 'node:events';
import { connect } from 'node:net';
import axios from 'axios';

import { startMail, type MailSink } from '../../sandbox/mail';
import { listenersOn } from '../../scripts/ports';

let mail: MailSink;
beforeEach(async () => (mail = await startMail()));
afterEach(async () => await mail.close());

const HTML = [
	'Content-Type: text/html; charset=utf-8',
	'',
	'<p>Dear Bob &amp; Co</p><script>alert(1)</script>',
	'<a href="https://example.com/?a=1&amp;b=2">Yes</a> <a href="https://example.com/no"><b>No</b></a>',
];

/** Sends a mail as a client does, waiting for each answer. */
async function send(subject: string, message: string[]): Promise<void> {
	const socket = connect(mail.port, mail.host);
	socket.setEncoding('utf8');
	const answered = async () => String((await once(socket, 'data'))[0]);
	await answered();
	const data = [`From: ada@example.com`, `To: bob@example.com`, `Subject: ${subject}`, ...message];
	for (const command of [
		'HELO test',
		'MAIL FROM:<ada@example.com>',
		'RCPT TO:<bob@example.com>',
		'DATA',
		`${data.join('\r\n')}\r\n.`,
	]) {
		socket.write(`${command}\r\n`);
		expect(await answered()).toMatch(/^[23]/);
	}
	socket.destroy();
}

it('keeps a mail with the links of its HTML', async () => {
	await send('Please decide', HTML);
	expect(mail.mails).toHaveLength(1);
	expect(mail.mails[0]).toMatchObject({
		to: ['bob@example.com'],
		from: 'ada@example.com',
		subject: 'Please decide',
		links: [
			{ label: 'Yes', url: 'https://example.com/?a=1&b=2' },
			{ label: 'No', url: 'https://example.com/no' },
		],
	});
});

it('shows the mails, running nothing that stands in them', async () => {
	const page = async () => String((await axios.get(mail.url, { proxy: false })).data);
	expect(await page()).toContain('No mails yet');
	await send('<img src=x>', HTML);
	const shown = await page();
	expect(shown).toContain('&lt;img src=x&gt;');
	expect(shown).toContain('<a href="https://example.com/?a=1&amp;b=2">Yes</a>');
	expect(shown).not.toContain('<script');
});

it('leaves no port open', async () => {
	const ports = [mail.port, Number(new URL(mail.url).port)];
	expect(ports.map(listenersOn)).toEqual([[process.pid], [process.pid]]);
	await mail.close();
	// by now another process may have taken one of them
	expect(ports.flatMap(listenersOn)).not.toContain(process.pid);
});

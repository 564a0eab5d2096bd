import { escapeHtml as escape, htmlPage } from './inbox/escapeHtml';
import { INBOX_STYLE } from './inbox/style';

/** A mail as far as its page needs it. */
export interface Mail {
	to: string[];
	from: string;
	subject: string;
	text: string;
	/** Every link of the HTML part, in its order: what the reader sees → where it leads. */
	links: Array<{ label: string; url: string }>;
}

const MAIL_STYLE = 'pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }';

function card({ to, from, subject, text, links }: Mail): string {
	const anchors = links.map(({ label, url }) => `<a href="${escape(url)}">${escape(label)}</a>`);
	// the text part repeats each link's long address after its label
	const body = links.reduce((rest, { url }) => rest.replaceAll(` [${url}]`, ''), text);
	return `<article><h2>${escape(subject)}</h2>
<dl><div><dt>From</dt><dd>${escape(from)}</dd></div><div><dt>To</dt><dd>${escape(to.join(', '))}</dd></div></dl>
<pre>${escape(body)}</pre>
<footer>${anchors.join('')}</footer></article>`;
}

/** All mails as one page, the newest first. Only text and links: nothing in a mail is run or loaded. */
export const mailPage = (mails: Mail[]): string =>
	htmlPage(
		'Mails',
		INBOX_STYLE + MAIL_STYLE,
		`<h1>Mails</h1>
<p class="count">${mails.length === 0 ? 'No mails yet. They appear here once a workflow sends one.' : `${mails.length} sent by workflows, the newest first`}</p>
${[...mails].reverse().map(card).join('\n')}`,
	);

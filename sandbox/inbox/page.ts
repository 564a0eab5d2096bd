import type { Task } from '../appmixer/store';
import { renderMarkdown } from '../appmixer/wireShape';
import { INBOX_STYLE } from './style';

export interface Notice {
	text: string;
	/** `approved`, `rejected`, `error` …: also the colour. */
	status: string;
}

export interface InboxView {
	/** Everybody a task waits or waited for. */
	approvers: string[];
	chosen: string;
	waiting: Task[];
	notice?: Notice;
}

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

const escape = (value: unknown) =>
	String(value).replace(/[&<>"']/g, (character) => ENTITIES[character]);

function decisionBy({ decisionBy: date }: Task): string {
	if (!date) return 'no date';
	const iso = date.toISOString();
	return `<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
}

function button(task: Task, action: 'approve' | 'reject', label: string): string {
	const id = escape(task.taskId);
	return `<form method="post" action="/inbox/${encodeURIComponent(task.taskId)}/${action}">
<button id="${action}-${id}" class="${action}" data-task-id="${id}" data-action="${action}"
 aria-label="${label}: ${escape(task.title)}">${label}</button></form>`;
}

function card(task: Task): string {
	const id = escape(task.taskId);
	return `<article id="task-${id}" data-task-id="${id}" data-status="${escape(task.status)}">
<header><h2>${escape(task.title)}</h2><span class="badge ${escape(task.status)}">${escape(task.status)}</span></header>
<div class="description">${renderMarkdown(String(task.description ?? ''))}</div>
<dl><div><dt>Requested by</dt><dd>${escape(task.requester)}</dd></div>
<div><dt>Decision by</dt><dd>${decisionBy(task)}</dd></div></dl>
<footer>${button(task, 'approve', 'Approve')}${button(task, 'reject', 'Reject')}</footer>
</article>`;
}

function picker({ approvers, chosen }: InboxView): string {
	const links = approvers.map(
		(email) =>
			`<a href="/inbox?approver=${encodeURIComponent(email)}" data-approver="${escape(email)}"` +
			`${email === chosen ? ' aria-current="page"' : ''}>${escape(email)}</a>`,
	);
	return `<nav aria-label="Approver">${links.join('')}</nav>`;
}

/** The inbox as one HTML document: no script, no build step, everything from tasks escaped or sanitised. */
export function inboxPage(view: InboxView): string {
	const { chosen, waiting, notice } = view;
	const count = `${waiting.length} ${waiting.length === 1 ? 'task waits' : 'tasks wait'} for a decision`;
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Inbox${chosen && ` of ${escape(chosen)}`}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<style>${INBOX_STYLE}</style></head>
<body><main>
<h1>Approval inbox</h1>
${picker(view)}
${notice ? `<p id="notice" role="status" class="notice ${escape(notice.status)}">${escape(notice.text)}</p>` : ''}
<p class="count">${chosen ? `${escape(chosen)} · ${count}` : 'No tasks yet. They appear here once a workflow creates one.'}</p>
${waiting.map(card).join('\n')}
</main></body></html>`;
}

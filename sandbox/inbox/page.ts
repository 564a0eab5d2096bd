import type { Task } from '../appmixer/store';
import { renderMarkdown } from '../appmixer/wireShape';
import { escapeHtml as escape, htmlPage } from './escapeHtml';
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
${taskFacts(task)}
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

/** What has just happened, as a line for screen readers too. */
export const noticeLine = (notice?: Notice): string =>
	notice
		? `<p id="notice" role="status" class="notice ${escape(notice.status)}">${escape(notice.text)}</p>`
		: '';

/** What the approver must know of a task. */
export const taskFacts = (task: Task): string =>
	`<div class="description">${renderMarkdown(String(task.description ?? ''))}</div>
<dl><div><dt>Requested by</dt><dd>${escape(task.requester)}</dd></div>
<div><dt>Decision by</dt><dd>${decisionBy(task)}</dd></div></dl>`;

/** The inbox as one HTML document: no script, no build step, everything from tasks escaped or sanitised. */
export function inboxPage(view: InboxView): string {
	const { chosen, waiting, notice } = view;
	const count = `${waiting.length} ${waiting.length === 1 ? 'task waits' : 'tasks wait'} for a decision`;
	const body = `<h1>Approval inbox</h1>
${picker(view)}
${noticeLine(notice)}
<p class="count">${chosen ? `${escape(chosen)} · ${count}` : 'No tasks yet. They appear here once a workflow creates one.'}</p>
${waiting.map(card).join('\n')}`;
	return htmlPage(`Inbox${chosen && ` of ${escape(chosen)}`}`, INBOX_STYLE, body);
}

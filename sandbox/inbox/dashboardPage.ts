import type { Decision } from '../appmixer/decide';
import type { Task } from '../appmixer/store';
import { escapeHtml as escape, htmlPage } from './escapeHtml';
import { noticeLine, taskFacts, type Notice } from './page';
import { INBOX_STYLE } from './style';

const LABEL: Record<Decision, string> = { approve: 'Approve', reject: 'Reject' };

/** Asks once more before a link from an e-mail decides: mail scanners open links, people press buttons. */
export function confirmationPage(task: Task, action: Decision, secret: string): string {
	const hidden = Object.entries({ taskId: task.taskId, action, secret }).map(
		([name, value]) => `<input type="hidden" name="${name}" value="${escape(value)}">`,
	);
	const body = `<h1>${LABEL[action]} this task?</h1>
<article data-task-id="${escape(task.taskId)}" data-status="${escape(task.status)}">
<header><h2>${escape(task.title)}</h2><span class="badge ${escape(task.status)}">${escape(task.status)}</span></header>
${taskFacts(task)}
<footer><form method="post" action="/dashboard">${hidden.join('')}
<button id="confirm" class="${action}">${LABEL[action]}</button></form></footer>
</article>`;
	return htmlPage(`${LABEL[action]}: ${escape(task.title)}`, INBOX_STYLE, body);
}

/** What became of a link, and nothing else. */
export const noticePage = (notice: Notice): string =>
	htmlPage('People Task', INBOX_STYLE, `<h1>People Task</h1>\n${noticeLine(notice)}`);

import { marked } from 'marked';
import sanitizeHtml from 'sanitize-html';

import type { Flavour } from './options';
import type { Task, Webhook } from './store';

type Json = Record<string, unknown>;

// The documentation (docs.appmixer.com, People Task) calls every id `id`; the plugin's models do not.
// Assumption: on the legacy path the ids are `id`, hold the same UUIDs, and the other fields are equal.
function withId(idKey: string, flavour: Flavour, document: Json): Json {
	if (flavour === 'plugin') return document;
	const { [idKey]: id, ...rest } = document;
	return { ...rest, id };
}

/** A task as every answer but the one to its creation shows it: without the secrets. */
export function taskOnWire(task: Task, flavour: Flavour): Json {
	const shown: Json = { ...task };
	delete shown.approverSecret;
	delete shown.requesterSecret;
	return withId('taskId', flavour, shown);
}

/** A task as the answer to its creation shows it: with both secrets. */
export function newTaskOnWire(task: Task, flavour: Flavour): Json {
	return withId('taskId', flavour, { ...task });
}

export function webhookOnWire(webhook: Webhook): Json {
	const { flavour, ...shown } = webhook;
	return withId('webhookId', flavour, shown);
}

/** Markdown to sanitised HTML, as bundle 1.1.0 does in lists and the inbox page for its reader. */
export function renderMarkdown(markdown: string): string {
	return sanitizeHtml(marked.parse(markdown, { async: false }));
}

export function isRecord(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

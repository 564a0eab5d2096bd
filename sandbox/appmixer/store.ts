import { createHmac, randomBytes } from 'node:crypto';

import type { Clock } from '../clock';
import type { Flavour } from './options';

/** A stored task. Fields: TaskModel.js in github.com/clientIO/appmixer-connectors, src/appmixer/utils/tasks. */
export interface Task {
	/** UUID v4. */
	taskId: string;
	title: string;
	/** Markdown. */
	description?: string;
	/** `pending`, `approved`, `rejected` or `due`; an edit stores anything. */
	status: string;
	approver: string;
	requester: string;
	decisionBy: Date | null;
	/** Set by approve and reject. */
	decisionMade?: Date;
	created: Date;
	mtime: Date;
	approverSecret: string;
	requesterSecret: string;
}

/** A stored registration. Fields: WebhookModel.js, same place. */
export interface Webhook {
	webhookId: string;
	url: string;
	taskId: string;
	/** `sent` and `fail` once it fired; only `pending` ones fire. */
	status: 'pending' | 'sent' | 'fail';
	error?: string;
	created: Date;
	mtime: Date;
	/** The path it was registered on: decides how the callback names the task's id. */
	flavour: Flavour;
}

/** Documents are handed out as copies and written back whole: two writers overwrite each other. */
export interface Collection<T> {
	/** The stored documents themselves, in the order of creation. */
	all: T[];
	find(wanted: (document: T) => boolean): T[];
	get(id: string): T | undefined;
	/**
	 * Stamps `mtime` and writes every field the copy has; returns the copy.
	 * Assumption: a field the copy lacks stays as stored (the engine's model class is closed source).
	 */
	save(document: T): T;
	delete(id: string): void;
}

export interface Store {
	tasks: Collection<Task>;
	webhooks: Collection<Webhook>;
	/** HMAC-SHA256 of the e-mail with one server key: the same e-mail, the same secret (utils.js, generateSecret). */
	secretOf(email: string): string;
}

function createCollection<T extends { mtime: Date }>(
	idOf: (document: T) => string,
	clock: Clock,
	toStored: (document: T) => T,
): Collection<T> {
	const all: T[] = [];
	const stored = (id: string) => all.find((document) => idOf(document) === id);
	return {
		all,
		find: (wanted) => all.filter(wanted).map((document) => ({ ...document })),
		get(id) {
			const document = stored(id);
			return document && { ...document };
		},
		save(document) {
			document.mtime = new Date(clock.now());
			const existing = stored(idOf(document));
			if (existing) Object.assign(existing, toStored(document));
			else all.push(toStored(document));
			return document;
		},
		delete(id) {
			const index = all.findIndex((document) => idOf(document) === id);
			if (index !== -1) all.splice(index, 1);
		},
	};
}

// The Mongo driver stores an invalid date as 1970-01-01.
function validDate(date: Date | null): Date | null {
	return date && Number.isNaN(date.getTime()) ? new Date(0) : date;
}

export function createStore(clock: Clock): Store {
	const serverKey = randomBytes(32);
	return {
		tasks: createCollection<Task>(
			(task) => task.taskId,
			clock,
			(task) => ({ ...task, decisionBy: validDate(task.decisionBy) }),
		),
		webhooks: createCollection<Webhook>(
			(webhook) => webhook.webhookId,
			clock,
			(webhook) => ({ ...webhook }),
		),
		secretOf: (email) => createHmac('sha256', serverKey).update(email).digest('hex'),
	};
}

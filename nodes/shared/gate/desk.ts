/** What a wait must know of a service to look at its tasks. */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { FieldReader, ItemFields } from '../items/fields/fieldReader';
import type { Task } from '../task';
import type { DecidedBy } from './parking';
import type { Sight } from './sight';
import type { Asked } from './waitState';

export interface Looked {
	/** How the tasks were read, to be read so again: texts are compared that were got the same way (L7, L9). */
	how: string;
	/** What was found of each task, in their order. */
	sights: Sight[];
	/** What tells each task from now on, where more of it is known than was entered. */
	asked?: Asked[];
}

/** Asks a service for calls. */
export interface Registry {
	/** Where the service is, to be compared with where n8n is. */
	serviceUrl(context: IExecuteFunctions): Promise<string>;
	/** @returns the registration's ID */
	register(context: IExecuteFunctions, taskId: string, url: string): Promise<string>;
	/** One that is gone counts as removed. */
	remove(context: IExecuteFunctions, webhookId: string): Promise<void>;
}

/** Calls that make a waiting run look at once. Where nobody can ask for them, somebody has designed the service to call. */
export interface WakeUps extends Partial<Registry> {
	/** Milliseconds that the service takes to save after it was answered. */
	settle: number;
}

export interface WaitDesk {
	/** Whether the service knows decisions: else its tasks are done or not, which approves nothing. */
	decides: boolean;
	/** What is waited for, in errors; "Task" by default. */
	noun?: string;
	/** What tells a task, for each item. */
	fields: INodeProperties[];
	options?: INodeProperties[];
	/** Reads what tells the task of an item. Sends nothing. */
	asked(read: ItemFields): Asked;
	/** Reads the service's own options and fields, once for all tasks. They are kept with the execution: no secrets. */
	settings?(options: FieldReader, read: FieldReader): IDataObject;
	/**
	 * Reads the tasks as they are now, with the credential and nothing else (L1).
	 * @param how what an earlier look of this wait has chosen
	 * @throws when nothing could be read
	 */
	look(
		context: IExecuteFunctions,
		asked: Asked[],
		how: string | undefined,
		settings: IDataObject,
	): Promise<Looked>;
	wakeUps?: WakeUps;
	/** Who answered, where the service tells; else the approver of a decided task is named, as configured. */
	answeredBy?(context: IExecuteFunctions, task: Task, settings: IDataObject): Promise<DecidedBy>;
}

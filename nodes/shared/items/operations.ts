import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import type { ItemFields } from './fields/fieldReader';

const WITH_FILES = Symbol('with files');

/** A record with files beside it. Made by `withFiles`. */
export interface RecordWithFiles {
	[WITH_FILES]: true;
	json: IDataObject;
	binary: IBinaryKeyData;
}

export const withFiles = (json: IDataObject, binary: IBinaryKeyData): RecordWithFiles => ({
	[WITH_FILES]: true,
	json,
	binary,
});

export const hasFiles = (result: OperationResult): result is RecordWithFiles =>
	WITH_FILES in result;

/** What one item of an operation gives: one record, several, or none; or one with files. */
export type OperationResult = IDataObject | IDataObject[] | RecordWithFiles;

/** The call that is left once an item's parameters were read and found good. With a key it may be sent again. */
export type PreparedCall = (() => Promise<OperationResult>) & { idempotencyKey?: string };

interface Shown {
	/** The entry in the operation menu. */
	name: string;
	description: string;
	/** What the node says in n8n's node list, such as "Get a task". */
	action: string;
	/** The operation's fields. */
	fields: INodeProperties[];
	/** What is behind "Add option", besides Items in Parallel. */
	options?: INodeProperties[];
}

/** An operation that handles each item by itself. */
export interface ItemOperation extends Shown {
	/** A `write` runs one item at a time unless the user asks for more. */
	access: 'read' | 'write';
	/** Whether it must not be sent twice: a repetition would make another one, or decide or act a second time. */
	once?: boolean;
	/** Of one that makes something: reads its ID out of an item of the output, '' when the service told none. The node then says so. */
	madeId?(json: IDataObject): string;
	/** Names of output fields that are not kept between tries, nor stored with an execution that failed. */
	secrets?: string[];
	/** Reads and checks the item's parameters; sends nothing that changes anything. */
	prepare(this: IExecuteFunctions, read: ItemFields): Promise<PreparedCall> | PreparedCall;
}

/** What an operation is and does, without its menu entry: what operations share that differ in a word. */
export type OperationBody = Pick<
	ItemOperation,
	'access' | 'once' | 'fields' | 'options' | 'prepare'
>;

/** An operation that owns the whole node run, such as a wait. */
export interface RunOperation extends Shown {
	access: 'run';
	run(this: IExecuteFunctions): Promise<INodeExecutionData[][]>;
}

export type Operation = ItemOperation | RunOperation;

/** What a node can do with one kind of thing. Made by `resource`. */
export interface Resource {
	/** The entry in the resource menu. */
	option: { name: string; value: string };
	/** What workflows store → operation. */
	operations: Record<string, Operation>;
	/** The operation menu and every operation's fields. */
	properties: INodeProperties[];
}

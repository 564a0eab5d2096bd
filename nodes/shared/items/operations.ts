import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

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

/** The call that is left once an item's parameters were read and found good. */
export type PreparedCall = () => Promise<OperationResult>;

interface OperationMenu {
	/** The entry in the operation menu. */
	option: INodePropertyOptions;
	/** The operation's fields, already limited to it by `displayOptions`. */
	description: INodeProperties[];
}

/** An operation that handles each item by itself. */
export interface ItemOperation extends OperationMenu {
	/** A `write` runs one item at a time unless the user asks for more. */
	access: 'read' | 'write';
	/** Reads and checks the item's parameters; sends nothing that changes anything. */
	prepare(this: IExecuteFunctions, itemIndex: number): Promise<PreparedCall> | PreparedCall;
}

/** An operation that owns the whole node run, such as a wait. */
export interface RunOperation extends OperationMenu {
	access: 'run';
	run(this: IExecuteFunctions): Promise<INodeExecutionData[][]>;
}

export type Operation = ItemOperation | RunOperation;

/** Resource → operation value → operation. */
export type Operations = Record<string, Record<string, Operation>>;

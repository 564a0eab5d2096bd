/** What reading a node's fields offers. */
import type { IDataObject, INode, INodeProperties, NodeOperationError } from 'n8n-workflow';

import type { Locator } from './givenValues';

/** A field as its definition names it. */
export type Field = Pick<INodeProperties, 'displayName' | 'name' | 'default' | 'options'> & {
	typeOptions?: INodeProperties['typeOptions'];
};

/** Reads a field, and throws when it has no value that can be used. */
export type Read<T> = (field: Field, advice?: string) => T;

/** Each reader throws a NodeOperationError that names the field, what is wrong, what to do, and the item. */
export interface FieldReader {
	node: INode;
	/** `undefined` outside of an item: in a trigger. */
	itemIndex: number | undefined;
	/** What the other readers throw. */
	error(message: string, advice: string): NodeOperationError;
	/** The value as it is; of a locator, what was chosen. */
	value(field: Field): unknown;
	/** Whether there is a value. */
	has(field: Field): boolean;
	/** What `read` makes of the field; `undefined` when it is not given. */
	ifGiven<T>(field: Field, read: Read<T>, advice?: string): T | undefined;
	/** As `ifGiven` in an update, where an empty text was entered on purpose: it is read too. */
	ifSet<T>(field: Field, read: Read<T>, advice?: string): T | undefined;
	/** What `convert` makes of the value. @param kind what it must be, for the error: "a sequence number" */
	as<T>(field: Field, kind: string, convert: (given: unknown) => T | undefined, advice?: string): T;
	text: Read<string>;
	/** Text with the blanks around it, which count in Markdown; empty when it is not given. */
	written(field: Field): string;
	id: Read<string>;
	email: Read<string>;
	/** ISO 8601 UTC; a time without a zone is in the workflow's. */
	instant: Read<string>;
	/** `YYYY-MM-DD` in the workflow's time zone. */
	day: Read<string>;
	/** A JSON object. */
	record: Read<IDataObject>;
	/** Words separated by commas, or in a list; none when it is empty. */
	words(field: Field): string[];
	/** One of the field's own options; its default when it is not given. */
	choice<T extends string>(field: Field): T;
	/** Whether it is on; its default when it is not given. */
	isOn(field: Field): boolean;
	/** From 1 up; `most` is the largest allowed. */
	count(field: Field, most?: number): number;
	/** How a locator was filled in, with its text; `undefined` when it is empty. */
	chosen(field: Field): (Locator & { value: string }) | undefined;
	/** How many results are wanted: `Infinity` with Return All. */
	limit(): number;
	/** The Simplify switch. @param field where its default is another one */
	simple(field?: Field): boolean;
	/** Reads the fields of a collection in the same way. A field that was not added is not given. */
	within(collection: string): FieldReader;
	/** Reads each entry of a fixed collection. @param name what the entries are stored under */
	rows(collection: string, name: string): FieldReader[];
	/** Reads the fields behind "Add option". */
	options(): FieldReader;
}

/** Reads the fields of one item of an action node. */
export type ItemFields = FieldReader & { itemIndex: number };

/** One request as it arrived, and what it was answered. */
export interface RecordedRequest {
	/** Upper case. */
	method: string;
	/** Without the query. */
	path: string;
	/** A repeated parameter becomes an array. */
	query: Record<string, string | string[]>;
	/** Names in lower case. */
	headers: Record<string, string | string[] | undefined>;
	/** The body's text exactly as received; empty without a body. */
	rawBody: string;
	/** The body parsed as JSON; the text itself when it is not JSON; undefined without a body. */
	body: unknown;
	/** Milliseconds since 1970 on the sandbox clock. */
	at: number;
	/** Undefined while unanswered, and for ever when a fault cut or hung the request. */
	status: number | undefined;
	/** What was sent back, parsed like `body`. */
	responseBody: unknown;
	/** The client closed the connection while its answer dripped. */
	hungUp?: true;
}

/** Every request received, oldest first. */
export type Journal = RecordedRequest[] & {
	/** Forgets everything recorded so far. */
	clear(): void;
};

export function createJournal(): Journal {
	const records: RecordedRequest[] = [];
	// Not enumerable: a journal compares equal to a plain array.
	Object.defineProperty(records, 'clear', { value: () => records.splice(0) });
	return records as Journal;
}

/** Parses a body for the journal: JSON when it is JSON, otherwise the text, undefined when empty. */
export function readBody(text: string): unknown {
	if (text === '') return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/** Reads a query string; a repeated parameter becomes an array. */
export function readQuery(parameters: URLSearchParams): Record<string, string | string[]> {
	const query: Record<string, string | string[]> = {};
	for (const name of new Set(parameters.keys())) {
		const values = parameters.getAll(name);
		query[name] = values.length > 1 ? values : values[0];
	}
	return query;
}

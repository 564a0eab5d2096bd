import { Boom } from '@hapi/boom';
import type { Request, Server } from '@hapi/hapi';

import type { MambuOptions } from './options';
import { versionOf } from './version';

/** MambuApiResponseCode in github.com/mambu-gmbh/Mambu-APIs-Java, models 9.6; the first sixteen are on docs.mambu.com, too. */
const CODES: Record<string, number> = {
	INVALID_BASIC_AUTHORIZATION: 1,
	INVALID_CREDENTIALS: 2,
	INVALID_API_OPERATION: 3,
	INVALID_PARAMETERS: 4,
	METHOD_NOT_IMPLEMENTED: 5,
	INTERNAL_ERROR: 6,
	API_NOT_AUTHORIZED: 7,
	INVALID_PAGINATION_OFFSET_VALUE: 11,
	OUT_OF_BOUNDS_PAGINATION_OFFSET_VALUE: 12,
	INVALID_PAGINATION_LIMIT_VALUE: 13,
	OUT_OF_BOUNDS_PAGINATION_LIMIT_VALUE: 14,
	INVALID_PERMISSIONS: 15,
	INVALID_IP_ADDRESS: 16,
	INACTIVE_USER: 17,
	NO_API_ACCESS: 18,
	FEATURE_DISABLED: 19,
	EXCESSIVE_INVALID_REQUESTS: 24,
	INVALID_JSON_SYNTAX: 26,
	PARAMETER_NOT_ALLOWED: 27,
	OBJECT_NOT_FOUND: 29,
	MISSING_REQUIRED_PARAMETER: 31,
	READ_ONLY_MODE: 32,
	BLOCKING_OPERATION_IN_PROGRESS: 60,
	INVALID_DATE: 102,
	INVALID_GROUP_ID: 201,
	INVALID_CLIENT_ID: 301,
	INVALID_USER_NAME: 700,
	INVALID_USER_ID: 701,
	INVALID_TASK_ID: 980,
	INVALID_TASK_STATE_AND_COMPLETION_DATE: 981,
	INVALID_TASK_FIELD_CHANGE: 982,
	INVALID_TASK_STATUS: 983,
	INVALID_TASK_TITLE_LENGTH: 984,
	HAS_TASK_ATTACHED: 985,
};

/** Assumption: NOT_AVAILABLE_FOR_API_V1 is younger than that list; its number is ours. */
const CODE_WITHOUT_A_SOURCE = 99_999;

/**
 * A failure under one of Mambu's own names.
 * Assumption: which HTTP status goes with which name is not documented; the usual one is taken.
 */
export const refusal = (status: number, name: string, source?: string): Boom =>
	new Boom(name, { statusCode: status, data: { name, source } });

/** What a failure that hapi found first is called. */
const NAMES: Record<number, string> = {
	400: 'INVALID_JSON_SYNTAX',
	404: 'INVALID_API_OPERATION',
	405: 'METHOD_NOT_IMPLEMENTED',
	415: 'INVALID_PARAMETERS',
};

interface Failure {
	name: string;
	source?: string;
}

function failureOf(error: Boom): Failure {
	const data = error.data as Failure | null;
	// hapi keeps the parser's own error there
	if (data?.name && !(data instanceof Error)) return data;
	return { name: NAMES[error.output.statusCode] ?? 'INTERNAL_ERROR' };
}

/**
 * Gives every failure its version's shape: MambuApiResponseMessage (github.com/mambu-gmbh/Mambu-APIs-Java) in
 * version 1, RestError (github.com/skyleague/mambu-sdk) in version 2.
 */
export function shapeFailures(server: Server, options: MambuOptions): void {
	server.ext('onPreResponse', (request: Request, h) => {
		const { response } = request;
		if (!('isBoom' in response)) return h.continue;
		const { name, source } = failureOf(response);
		const code = CODES[name] ?? CODE_WITHOUT_A_SOURCE;
		const { statusCode } = response.output;
		if (versionOf(request) === 'v2') {
			const error = { errorCode: code, errorReason: name, ...(source && { errorSource: source }) };
			return h.response({ errors: [error] }).code(statusCode);
		}
		const body = { returnCode: code, returnStatus: name, ...(source && { errorSource: source }) };
		return h.response(body).code(options.v1ErrorStatus === 'ok' ? 200 : statusCode);
	});
}

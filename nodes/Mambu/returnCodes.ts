/**
 * What Mambu calls its failures, and what a person can do about them. A code may come without its name and a name
 * without its code, under any status. Numbers: MambuApiResponseCode in github.com/mambu-gmbh/Mambu-APIs-Java, models 9.6.
 */
export const NAMES: Record<string, string> = {
	1: 'INVALID_BASIC_AUTHORIZATION',
	2: 'INVALID_CREDENTIALS',
	3: 'INVALID_API_OPERATION',
	4: 'INVALID_PARAMETERS',
	5: 'METHOD_NOT_IMPLEMENTED',
	6: 'INTERNAL_ERROR',
	7: 'API_NOT_AUTHORIZED',
	8: 'USER_TRANSACTION_LIMIT_EXCEEDED',
	9: 'API_CONFIGURATION_ERROR',
	10: 'INVALID_TENANT_ID',
	11: 'INVALID_PAGINATION_OFFSET_VALUE',
	12: 'OUT_OF_BOUNDS_PAGINATION_OFFSET_VALUE',
	13: 'INVALID_PAGINATION_LIMIT_VALUE',
	14: 'OUT_OF_BOUNDS_PAGINATION_LIMIT_VALUE',
	15: 'INVALID_PERMISSIONS',
	16: 'INVALID_IP_ADDRESS',
	17: 'INACTIVE_USER',
	18: 'NO_API_ACCESS',
	19: 'FEATURE_DISABLED',
	24: 'EXCESSIVE_INVALID_REQUESTS',
	26: 'INVALID_JSON_SYNTAX',
	27: 'PARAMETER_NOT_ALLOWED',
	29: 'OBJECT_NOT_FOUND',
	31: 'MISSING_REQUIRED_PARAMETER',
	32: 'READ_ONLY_MODE',
	60: 'BLOCKING_OPERATION_IN_PROGRESS',
	102: 'INVALID_DATE',
	201: 'INVALID_GROUP_ID',
	301: 'INVALID_CLIENT_ID',
	700: 'INVALID_USER_NAME',
	701: 'INVALID_USER_ID',
	980: 'INVALID_TASK_ID',
	981: 'INVALID_TASK_STATE_AND_COMPLETION_DATE',
	982: 'INVALID_TASK_FIELD_CHANGE',
	983: 'INVALID_TASK_STATUS',
	984: 'INVALID_TASK_TITLE_LENGTH',
	985: 'HAS_TASK_ATTACHED',
};

export const RIGHTS =
	'Check the rights of the login to tasks, the branch it is limited to, its API access, and the IP addresses the tenant allows.';
export const READING_USERS =
	'The login may not read users. Enter the assignee as the API wants it: by encoded key, or by user name with Send As Form and in filters.';
export const UNKNOWN_ID = 'Check the ID. A task of a branch the login may not see looks the same.';
const LOGIN =
	'Check the API Key, or user name and password, in the credential: Mambu does not know them.';

/** The status that a name means, under which HTTP would tell it. */
export const MEANS: Record<string, number | undefined> = {
	INVALID_BASIC_AUTHORIZATION: 401,
	INVALID_CREDENTIALS: 401,
	INVALID_TENANT_ID: 404,
	API_NOT_AUTHORIZED: 403,
	INVALID_PERMISSIONS: 403,
	INVALID_IP_ADDRESS: 403,
	INACTIVE_USER: 403,
	NO_API_ACCESS: 403,
	FEATURE_DISABLED: 403,
	EXCESSIVE_INVALID_REQUESTS: 429,
	READ_ONLY_MODE: 503,
	BLOCKING_OPERATION_IN_PROGRESS: 503,
	OBJECT_NOT_FOUND: 404,
	INVALID_TASK_ID: 404,
};

/** The longest title of a task. */
export const MAX_TITLE = 256;

/** By name. What has one here was not done. */
export const HINTS: Record<string, string | undefined> = {
	INVALID_BASIC_AUTHORIZATION: LOGIN,
	INVALID_CREDENTIALS: LOGIN,
	INVALID_TENANT_ID: 'Check the Tenant in the credential.',
	API_NOT_AUTHORIZED: RIGHTS,
	INVALID_PERMISSIONS: RIGHTS,
	INVALID_IP_ADDRESS: RIGHTS,
	INACTIVE_USER: RIGHTS,
	NO_API_ACCESS: RIGHTS,
	FEATURE_DISABLED:
		'Tasks, or the feature that was asked for, are switched off on this tenant. An administrator of Mambu can turn them on.',
	EXCESSIVE_INVALID_REQUESTS:
		'Mambu has seen too many wrong calls from this login and refuses all of them for a while. Find the workflow that sends them, mend it, and wait before you try again.',
	READ_ONLY_MODE:
		'The tenant is read-only at the moment, for instance during maintenance. Try again later.',
	BLOCKING_OPERATION_IN_PROGRESS:
		'Mambu is busy with another operation that blocks this one, such as the end-of-day processing. Try again later.',
	OBJECT_NOT_FOUND: UNKNOWN_ID,
	INVALID_DATE: 'Check the dates: Mambu could not read one of them.',
	INVALID_GROUP_ID: 'Check the Link Key or the filter: Mambu has no such group for this login.',
	INVALID_CLIENT_ID: 'Check the Link Key or the filter: Mambu has no such client for this login.',
	INVALID_USER_NAME: 'Check the Assignee: Mambu has no such user.',
	INVALID_USER_ID: 'Check the Assignee: Mambu has no such user.',
	INVALID_TASK_ID: 'Check the Task ID. A task of a branch the login may not see looks the same.',
	INVALID_TASK_FIELD_CHANGE: 'Mambu does not let this field be changed. Leave it out.',
	INVALID_TASK_STATE_AND_COMPLETION_DATE:
		'Status and completion date have to agree: a completed task has one, an open one has none.',
	INVALID_TASK_TITLE_LENGTH: `Shorten the title: Mambu takes ${MAX_TITLE} characters.`,
};

import type { IDataObject } from 'n8n-workflow';

import { plainWords } from '../shared/http/answerBody';
import type { ApiRequest, ApiResponse, Explained } from '../shared/http/transport';

/** Read, update, approve and reject. The plugin's own prefix ends in `tasks`, too. */
const ABOUT_ONE_TASK = /^(\/plugins\/appmixer\/utils\/tasks|\/people-task)\/tasks\/./;

const NO_SECRET =
	'Enter the Approver Secret: without it only the approver\'s own login may do this. Create gives the secret with "Include Approval Links".';
const NOT_APPROVER =
	'Appmixer allows this to the approver, or with the Approver Secret of that approver. Check the secret.';
const UNKNOWN =
	'Check the Task ID. If every call ends like this, set API Path in the credential, and check that the Tasks connector is installed on the tenant.';
const DECIDED =
	'The task is decided already, and Appmixer lets nobody decide it again: Get shows how.';
const NO_LOGIN =
	'Appmixer does not see whose tasks are meant: check the login of the credential, or enter a secret in Options.';
const FIELDS =
	'Check the fields: real e-mail addresses with a known top-level domain, and a date in Decision By.';
const UNTOLD =
	'Appmixer does not say why. Check the Task ID and the Approver Secret, and with Get whether the task is decided already; otherwise try again later.';

/** Bundle 1.1.0 renders descriptions in lists, and fails on null, which anything but this node may have stored. */
const NO_LIST =
	'Try again later. If it fails each time, add Exclude Fields in Options and choose Description: on some servers one task whose description is null makes every list with it fail. Its approver mends it with Update.';

/**
 * The words of its server, and what to do about them. The engine around it wraps them as it likes: the same ones come
 * as 400, 403 or 500. Source: routes.js and utils.js in github.com/clientIO/appmixer-connectors, src/appmixer/utils/tasks.
 */
const WORDS: Array<
	[words: RegExp, means: number, hint: string | ((mayLackSecret: boolean) => string)]
> = [
	[/already (approved|rejected)/i, 409, DECIDED],
	[/missing secret query parameter/i, 403, NO_LOGIN],
	[/missing secret/i, 403, NO_SECRET],
	[
		/^forbidden|(wrong|invalid) secret/i,
		403,
		(mayLackSecret) => (mayLackSecret ? NO_SECRET : NOT_APPROVER),
	],
	[/task not found/i, 404, UNKNOWN],
];

/** Where it says nothing, or hides what it says behind 500. */
const BY_STATUS: Record<number, string> = { 400: FIELDS, 403: NOT_APPROVER, 404: UNKNOWN };
const OF_ONE_TASK: Record<number, string> = { ...BY_STATUS, 400: UNTOLD, 409: UNTOLD, 500: UNTOLD };

const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function wordsIn(body: unknown): string | undefined {
	if (!isRecord(body)) return plainWords(body);
	const { message, error, details } = body;
	if (isRecord(error)) return wordsIn(error);
	return [message, error, details].find(
		(text): text is string => typeof text === 'string' && text !== '',
	);
}

export function explainError(
	{ status, body }: ApiResponse,
	{ method, path, qs, body: sent }: ApiRequest,
): Explained {
	const said = wordsIn(body);
	const hasSecret = Boolean(qs?.secret ?? (isRecord(sent) && sent.secret));
	const isOne = ABOUT_ONE_TASK.test(path);
	const mayLackSecret = isOne && !hasSecret;
	const [, means, known] = WORDS.find(([words]) => words.test(said ?? '')) ?? [];
	if (known !== undefined) {
		const hint = typeof known === 'string' ? known : known(mayLackSecret);
		return { said, refused: true, means, hint };
	}
	const isList = method === 'GET' && path.endsWith('/tasks');
	if (isList && status === 500) return { said, hint: NO_LIST };
	if (!isOne) return { said, hint: BY_STATUS[status] };
	const isLacking = mayLackSecret && [400, 403, 409, 500].includes(status);
	return { said, hint: isLacking ? NO_SECRET : OF_ONE_TASK[status] };
}

/** Whether Appmixer has no such task for this caller. */
export const isUnknownTask = ({ status, body }: ApiResponse) =>
	status === 404 || /task not found/i.test(wordsIn(body) ?? '');

export const saysNoDashboard = ({ body }: ApiResponse) =>
	/dashboard url is not configured/i.test(wordsIn(body) ?? '');

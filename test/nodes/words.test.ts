/** @jest-environment ./test/engine/environment.ts */
import type { INodeParameters } from 'n8n-workflow';

import type { FaultRule } from '../../sandbox';
import { engine, type RunResult } from '../engine';
import { byId, NEW_TASK, openSandbox as openAppmixer } from './Appmixer/sandboxed';
import { openMambu, newTask, type Version } from './Mambu/sandboxed';
import { openSandbox as openNutrient } from './Nutrient/sandboxed';
import { openSandbox as openOpentaps } from './Opentaps/sandboxed';

/** An engine, a gateway or a proxy may give the same words another status. */
const STATUSES = [400, 403, 404, 409, 500];
const WEB_PAGE = 'it looks like the address of a web page';

interface Opened {
	sandbox: { close(): Promise<void> };
	fault(rule: FaultRule): unknown;
	/** The request that is answered with the words. */
	path: RegExp;
	method: string;
	run(): Promise<RunResult>;
	/** What the credential hides. */
	secret: string;
}

const decision = async (verb: string, withSecret: boolean): Promise<Opened> => {
	const { sandbox, run, ada } = await openAppmixer();
	const { taskId } = sandbox.appmixer.createTask();
	const options: INodeParameters = withSecret ? { secret: 'a-secret-of-somebody' } : {};
	return {
		sandbox,
		fault: (rule) => sandbox.fault(rule),
		path: new RegExp(`/${verb}$`),
		method: 'PUT',
		secret: ada.accessToken,
		run: async () => await run(`task:${verb}`, { taskId: byId(taskId), options }),
	};
};

const inAppmixer = async (
	operation: string,
	parameters: INodeParameters,
	method: string,
	path: RegExp,
): Promise<Opened> => {
	const { sandbox, run, ada } = await openAppmixer();
	return {
		sandbox,
		fault: (rule) => sandbox.fault(rule),
		path,
		method,
		secret: ada.accessToken,
		run: async () => await run(operation, parameters),
	};
};

const inMambu = async (version: Version): Promise<Opened> => {
	const { sandbox, mambu, run, credential } = await openMambu();
	return {
		sandbox,
		fault: (rule) => mambu.fault(rule),
		path: /tasks$/,
		method: 'POST',
		secret: credential(version).apiKey,
		run: async () => await run(version, 'create', newTask()),
	};
};

const inNutrient = async (): Promise<Opened> => {
	const { sandbox, nutrient, run, as } = await openNutrient();
	const { recipientTaskSid: taskId } = nutrient.createApproval();
	return {
		sandbox,
		fault: (rule) => nutrient.fault(rule),
		path: /tasktypes\/approval/,
		method: 'POST',
		secret: as('bob').apiKey,
		run: async () => await run('task:approve', { taskId }),
	};
};

const inOpentaps = async (): Promise<Opened> => {
	const { sandbox, opentaps, run, ida } = await openOpentaps();
	return {
		sandbox,
		fault: (rule) => opentaps.fault(rule),
		path: /tag$/,
		method: 'POST',
		secret: String(ida.authToken),
		run: async () => await run('tag:create', { tagName: 'A' }),
	};
};

const inAffinitext = async (): Promise<Opened> => {
	const sandbox = await engine.startSandbox();
	const { affinitext } = sandbox;
	const credential = { baseUrl: affinitext.url, accessToken: affinitext.token };
	return {
		sandbox,
		fault: (rule) => affinitext.fault(rule),
		path: /tasks$/,
		method: 'GET',
		secret: affinitext.token,
		run: async () =>
			await engine.runNode({
				type: 'affinitext',
				credential,
				parameters: { resource: 'task', operation: 'getAll' },
			}),
	};
};

/** What is said, and what to do about it. */
type Words = [
	what: string,
	open: () => Promise<Opened>,
	body: unknown,
	said: string,
	hint: RegExp,
	/** Statuses it comes with, where not with all. */
	only?: number[],
];

const DECIDED = /is decided already/;
const SECRET = /Enter the Approver Secret/;
const APPROVER = /Check the secret/;
const UNKNOWN = /Check the Task ID/;

const hapi = (message: string) => ({ statusCode: 400, error: 'Bad Request', message });
const approve = async () => await decision('approve', true);
const withoutSecret = async () => await decision('approve', false);
const reject = async () => await decision('reject', true);
const create = async () =>
	await inAppmixer('task:create', NEW_TASK, 'POST', /\/plugins\/.*\/tasks$/);
const list = async () => await inAppmixer('task:getAll', {}, 'GET', /\/plugins\/.*\/tasks$/);

// routes.js and utils.js of github.com/clientIO/appmixer-connectors, src/appmixer/utils/tasks
const APPMIXER: Words[] = [
	['already approved', reject, hapi('Cannot reject task, already approved'), 'already', DECIDED],
	['already rejected', approve, hapi('Cannot approve task, already rejected'), 'already', DECIDED],
	['a text', approve, 'Cannot approve task, already rejected', 'Cannot approve', DECIDED],
	[
		'an error in an error',
		approve,
		{ error: { message: 'Cannot approve task, already rejected' } },
		'Cannot approve',
		DECIDED,
	],
	['a missing secret', withoutSecret, hapi('Missing secret.'), 'Missing secret.', SECRET],
	['a wrong secret', approve, hapi('Forbidden'), 'Forbidden', APPROVER],
	['not the approver', withoutSecret, hapi('Forbidden'), 'Forbidden', SECRET],
	['an unknown task', approve, hapi('Task not found.'), 'Task not found.', UNKNOWN],
	['no words, without a secret', withoutSecret, {}, '', SECRET, [400, 403, 409, 500]],
	['no words, with a secret', approve, {}, '', /Approver Secret.*decided/, [400, 409, 500]],
	[
		'hidden words',
		withoutSecret,
		{ statusCode: 500, message: 'An internal server error occurred' },
		'An internal server error occurred',
		SECRET,
		[500],
	],
	['what a list may not show', list, hapi('Forbidden'), 'Forbidden', APPROVER],
	['a list without whose', list, hapi('Missing secret query parameter.'), 'query', /login/],
	['values', create, hapi('Invalid request payload input'), 'payload', /e-mail addresses/, [400]],
];

const RIGHTS = /rights/;
const TOKEN = /Auth Token/;
const ID = /Check the ID/;

// the shapes are those that automation/processFollowUp.rb and wordpress/contact-form-7-crm2 look for
const OPENTAPS: Words[] = [
	['error', inOpentaps, { error: 'Permission ACTIVITY_UPDATE is missing' }, 'Permission', RIGHTS],
	['errors', inOpentaps, { errors: ['Permission X is missing'] }, 'Permission', RIGHTS],
	[
		'errors and message',
		inOpentaps,
		{ errors: [{ code: 1 }], message: 'Permission X is missing' },
		'Permission X',
		RIGHTS,
	],
	['message', inOpentaps, { message: 'Permission X is missing' }, 'Permission X', RIGHTS],
	['a text', inOpentaps, 'Permission X is missing', 'Permission X', RIGHTS],
	['a token', inOpentaps, { error: 'Authentication token is not valid' }, 'token', TOKEN],
	['a token in a text', inOpentaps, 'Authentication token is not valid', 'token', TOKEN],
	['an unknown ID', inOpentaps, { errors: ['Activity not found'] }, 'not found', ID],
];

const ASSIGNEE = /only the assignee/;
const OPEN = /task is still open/;
const exception = (status: number, message: string) => ({ status, message, stack: 'at x.js' });

const NUTRIENT: Words[] = [
	['an exception: rights', inNutrient, exception(403, 'Denied'), 'Denied', ASSIGNEE],
	['an exception: ended', inNutrient, exception(400, 'Not active'), 'Not active', OPEN],
	['an exception: unknown', inNutrient, exception(404, 'No such task'), 'No such task', ID],
	['a message: rights', inNutrient, { message: 'Permission denied' }, 'Permission', ASSIGNEE],
	['a message: unknown', inNutrient, { message: 'Task not found' }, 'Task not found', ID],
	['a text: rights', inNutrient, 'Permission denied', 'Permission denied', ASSIGNEE],
	['a text: ended', inNutrient, 'The task is not active', 'not active', OPEN],
	['an ended token', inNutrient, 'expired token', 'expired token', /token has ended/],
	['an ended token in JSON', inNutrient, '"expired token"', 'expired token', /token has ended/],
	['false', inNutrient, 'false', '', /answered "false"/],
];

const RENEW = /request a new token under My Profile/;
const AFFINITEXT: Words[] = [
	['a message', inAffinitext, { message: 'Unauthenticated.' }, 'Unauthenticated.', RENEW],
	['a detail', inAffinitext, { title: 'Refused', detail: 'Invalid token' }, 'token', RENEW],
	['an error', inAffinitext, { error: { message: 'Token expired' } }, 'Token expired', RENEW],
	['a list of errors', inAffinitext, { errors: ['Unauthorized'] }, 'Unauthorized', RENEW],
	['a text', inAffinitext, 'Unauthenticated.', 'Unauthenticated.', RENEW],
	['no such user', inAffinitext, 'Not a Task API User', 'Not a Task', /ask for the upgrade/],
	['no such page', inAffinitext, { message: 'Not found' }, 'Not found', /Check the Library/],
];

const VENDORS: Array<[vendor: string, words: Words[]]> = [
	['Appmixer', APPMIXER],
	['opentaps CRM2', OPENTAPS],
	['Nutrient', NUTRIENT],
	['Affinitext', AFFINITEXT],
];

/** As a service that quotes the request says it. */
const quoting = (body: unknown, secret: string): unknown => {
	if (typeof body === 'string') return /^"|expired|false/.test(body) ? body : `${body} (${secret})`;
	return Object.keys(body as object).length > 0 ? { ...(body as object), note: secret } : body;
};

async function failure(open: () => Promise<Opened>, rule: Partial<FaultRule>) {
	const { sandbox, fault, path, method, run, secret } = await open();
	try {
		const body = quoting(rule.body, secret);
		// a text that is JSON is announced as such
		const headers = body === rule.body && typeof body === 'string' ? { ...JSON_TYPE } : {};
		fault({ method, path, ...rule, body, ...(/^("|false)/.test(String(body)) && { headers }) });
		const { error } = await run();
		expect(JSON.stringify(error)).not.toContain(secret);
		return { ...error, told: `${error?.message} ${error?.description}` };
	} finally {
		await sandbox.close();
	}
}
const JSON_TYPE = { 'content-type': 'application/json' };

describe.each(VENDORS)("%s's words, under any status", (vendor, words) => {
	it.each(words)('%s', async (_what, open, body, said, hint, only = STATUSES) => {
		for (const status of only) {
			const { told, httpCode } = await failure(open, { status, body });
			expect(httpCode).toBe(String(status));
			if (said !== '') expect(told).toMatch(new RegExp(`${vendor} said: "[^"]*${said}`));
			expect({ status, told }).toEqual({ status, told: expect.stringMatching(hint) });
		}
	});
});

/** Mambu-APIs-Java, models 9.6: the codes of Mambu, and what a person can do about them. */
const CODES: Array<[code: number, name: string, hint: RegExp]> = [
	[19, 'FEATURE_DISABLED', /switched off on this tenant/],
	[24, 'EXCESSIVE_INVALID_REQUESTS', /wrong calls.*wait/],
	[32, 'READ_ONLY_MODE', /read-only/],
	[60, 'BLOCKING_OPERATION_IN_PROGRESS', /another operation/],
	[15, 'INVALID_PERMISSIONS', /rights of the login/],
	[16, 'INVALID_IP_ADDRESS', /IP addresses/],
	[17, 'INACTIVE_USER', /rights of the login/],
	[18, 'NO_API_ACCESS', /API access/],
	[2, 'INVALID_CREDENTIALS', /API Key/],
	[29, 'OBJECT_NOT_FOUND', /Check the ID/],
	[102, 'INVALID_DATE', /date/],
	[201, 'INVALID_GROUP_ID', /group/],
	[301, 'INVALID_CLIENT_ID', /client/],
	[700, 'INVALID_USER_NAME', /user/],
	[701, 'INVALID_USER_ID', /user/],
	[980, 'INVALID_TASK_ID', /Check the Task ID/],
	[981, 'INVALID_TASK_STATE_AND_COMPLETION_DATE', /have to agree/],
	[982, 'INVALID_TASK_FIELD_CHANGE', /Leave it out/],
	[984, 'INVALID_TASK_TITLE_LENGTH', /256/],
];

/** With and without each half, in the shapes of both versions, which mix on some tenants. */
const SHAPES: Array<[string, (code: number, name: string) => object]> = [
	['version 1', (returnCode, returnStatus) => ({ returnCode, returnStatus })],
	['the code of version 1', (returnCode) => ({ returnCode })],
	['the code of version 1 as text', (code) => ({ returnCode: String(code) })],
	['the name of version 1', (_, returnStatus) => ({ returnStatus })],
	['version 2', (errorCode, errorReason) => ({ errors: [{ errorCode, errorReason }] })],
	['the code of version 2', (errorCode) => ({ errors: [{ errorCode }] })],
	['the name of version 2', (_, errorReason) => ({ errors: [{ errorReason }] })],
];

describe.each(['v1', 'v2'] as const)("Mambu's words in %s, under any status", (version) => {
	const open = async () => await inMambu(version);

	it.each(SHAPES)('%s', async (_what, shape) => {
		const opened = await open();
		const seen: unknown[] = [];
		const wanted: unknown[] = [];
		try {
			for (const [code, name, hint] of CODES) {
				const status = [200, ...STATUSES][code % 6];
				const body = shape(code, name);
				opened.fault({ path: opened.path, method: 'POST', times: 1, status, body });
				const { error } = await opened.run();
				const told = `${error?.message} ${error?.description}`;
				seen.push({ name, status, told });
				wanted.push({ name, status, told: expect.stringMatching(hint) });
				expect(told).not.toContain(WEB_PAGE);
			}
		} finally {
			await opened.sandbox.close();
		}
		expect(seen).toEqual(wanted);
	});

	it('19, 24, 32 and 60', async () => {
		for (const [code, name, hint] of CODES.slice(0, 4)) {
			for (const status of STATUSES) {
				const body = { returnCode: code, returnStatus: name };
				const { told } = await failure(open, { status, body });
				expect({ status, told }).toEqual({ status, told: expect.stringMatching(hint) });
			}
		}
	});

	it('a plain text', async () => {
		for (const status of STATUSES) {
			const { told } = await failure(open, { status, body: 'Tenant is being upgraded' });
			expect(told).toContain('Mambu said: "Tenant is being upgraded');
		}
	});
});

it.each([200, 500])(
	'what Mambu refused in known words was not done, and Retry On Fail tries it again: %s',
	async (status) => {
		const { mambu, run, sandbox } = await openMambu();
		const body = { returnCode: 19, returnStatus: 'FEATURE_DISABLED' };
		mambu.fault({ path: /tasks$/, method: 'POST', times: 1, status, body });
		const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const { error } = await run('v1', 'create', newTask(), { node });
		const made = mambu.tasks.length;
		await sandbox.close();
		expect([error, made]).toEqual([null, 1]);
	},
);

it.each([
	['a value that is wrong', 400, 4, 1],
	['a tenant that is busy', 400, 60, 2],
	['a login that calls too much', 403, 24, 2],
	['a task that is not there', 500, 980, 1],
	['a reason that nobody knows', 200, 999, 2],
])(
	'an item of Mambu that fails for %s (%i, code %i) is tried %i times by Retry On Fail',
	async (_what, status, returnCode, times) => {
		const { mambu, run, sandbox } = await openMambu();
		mambu.fault({ path: /tasks$/, method: 'POST', status, body: { returnCode } });
		const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const more = { node: { ...node, onError: 'continueRegularOutput' as const } };
		const { outputs, tries } = await run('v1', 'create', newTask(), more);
		await sandbox.close();
		expect(outputs[0]).toHaveLength(1);
		expect(outputs[0][0].error).toBeDefined();
		expect(tries).toBe(times);
	},
);

describe.each([200, ...STATUSES])('deleting, with %s', (status) => {
	const gone = (body: unknown): FaultRule => ({ method: 'DELETE', path: /./, status, body });

	it('what opentaps does not have is done', async () => {
		const { sandbox, opentaps, run } = await openOpentaps();
		opentaps.fault(gone({ error: 'Activity not found' }));
		const activityId = byId('0'.repeat(24));
		const done = await run('activity:delete', { activityId });
		await sandbox.close();
		expect(done.outputs[0]).toMatchObject([{ json: { deleted: true } }]);
	});

	it('what Mambu does not have is done, and nothing that failed otherwise', async () => {
		const { sandbox, mambu, run } = await openMambu();
		const removing = async (version: Version, name: string) => {
			mambu.fault({ ...gone({ returnStatus: name }), times: 1 });
			return await run(version, 'delete', { taskId: byId('9') });
		};
		for (const version of ['v1', 'v2'] as const) {
			const done = await removing(version, 'INVALID_TASK_ID');
			expect(done.outputs[0]).toMatchObject([{ json: { deleted: true } }]);
			const { error } = await removing(version, 'FEATURE_DISABLED');
			expect(error?.description).toContain('switched off on this tenant');
		}
		await sandbox.close();
	});
});

it('a list that one task makes fail says how to read the others', async () => {
	const { sandbox, run } = await openAppmixer({ renderMarkdownInLists: true });
	const { appmixer } = sandbox;
	appmixer.createTask();
	Object.assign(appmixer.createTask(), { description: null });
	const { error } = await run('task:getAll');
	const options = { exclude: ['description'] };
	const others = await run('task:getAll', { options });
	await sandbox.close();
	expect(error?.description).toMatch(/choose Description.*null/);
	expect(others.outputs[0]).toHaveLength(2);
});

describe('a refusal inside a 200', () => {
	it.each<[string, () => Promise<Opened>, unknown]>([
		['Mambu', async () => await inMambu('v2'), { returnCode: 999, returnStatus: 'OTHER' }],
		['Nutrient', inNutrient, exception(500, 'Oops')],
		['opentaps', inOpentaps, { error: 'Oops' }],
		['opentaps, errors', inOpentaps, { errors: ['Oops'], message: 'Oops' }],
	])('is not taken for a web page: %s', async (_vendor, open, body) => {
		const { told } = await failure(open, { status: 200, body });
		expect(told).toMatch(/refused the request \(HTTP 200\).*said: "/);
		expect(told).not.toContain(WEB_PAGE);
	});
});

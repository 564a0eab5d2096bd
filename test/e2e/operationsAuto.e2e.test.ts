import { ADA, BOB, type FaultRule } from '../../sandbox';
import { openStage, type Stage } from './appmixerStage';

jest.setTimeout(120_000);

const VERSION = '/plugins/appmixer/utils/tasks/';
let stage: Stage;

beforeAll(async () => {
	stage = await openStage({ flavours: ['legacy'] });
});
afterAll(async () => await stage?.close());

const NEW = {
	...{ resource: 'task', operation: 'create', title: 'Three laptops', requester: ADA.email },
	...{ approver: BOB.email, decisionBy: '2099-01-02T03:04:05.000Z' },
};

/** What happens to the version call, the message n8n stores, and how often the call is tried. */
const FAILURES: Array<[string, Partial<FaultRule>, string, number]> = [
	['401', { status: 401 }, 'Appmixer did not accept the credential (HTTP 401)', 1],
	['403', { status: 403 }, 'Appmixer does not allow this (HTTP 403)', 1],
	['500', { status: 500 }, 'Appmixer could not process the request (HTTP 500)', 1],
	['503', { status: 503 }, 'Appmixer could not process the request (HTTP 503)', 3],
	['a redirect', { status: 302 }, 'Appmixer redirected the call to another address (HTTP 302)', 1],
	[
		'HTML',
		{ status: 200, html: '<p>Hi' },
		'Appmixer answered with something that is not its API (HTTP 200)',
		1,
	],
	['a cut connection', { cut: true }, 'Appmixer could not be reached', 3],
];

it.each(FAILURES)(
	'E8: %s to the version call is an error, and nothing else is asked',
	async (_name, rule, message, tries) => {
		const fault = stage.sandbox.fault({ path: /^\/plugins\//, ...rule });
		const ran = await stage.run(NEW);
		fault.remove();
		expect(ran.error?.message).toBe(`${message}: could not read the API version`);
		expect(stage.sandbox.requests.map(({ path }) => path)).toEqual(Array(tries).fill(VERSION));
		expect(stage.sandbox.appmixer.tasks).toEqual([]);
	},
);

it('E8: 404 to the version call means legacy', async () => {
	const ran = await stage.run(NEW);
	expect(ran.execution.status).toBe('success');
	const paths = stage.sandbox.requests.map(({ method, path }) => `${method} ${path}`);
	expect(paths).toEqual([`GET ${VERSION}`, 'POST /people-task/tasks']);
});

it('E8: every execution asks again: a server that was updated is used as it is now', async () => {
	stage.sandbox.appmixer.options.flavours = ['plugin'];
	const ran = await stage.run(NEW);
	stage.sandbox.appmixer.options.flavours = ['legacy'];
	expect(ran.execution.status).toBe('success');
	const paths = stage.sandbox.requests.map(({ method, path }) => `${method} ${path}`);
	expect(paths).toEqual([`GET ${VERSION}`, `POST ${VERSION}tasks`]);
});

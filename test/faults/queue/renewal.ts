/** Runs that all need another token at once. */
import { randomUUID } from 'node:crypto';

import { account } from '../../../scripts/faults/account';
import { ours } from '../../e2e/workflowOf';
import { forEach, range } from '../patience';
import { failuresOf } from '../watching';
import { queueRow, type Running } from './queueRow';

/** Long enough for the search for secrets. */
const PASSWORD = 'the password Ada types to log in';

export function renewal(running: Running): void {
	queueRow(running, 'runs at once after the token has been revoked', {}, async (desk) => {
		const { appmixer } = desk.sandbox;
		appmixer.createTask();
		const [ada, ...others] = appmixer.options.users;
		appmixer.options.users = [{ ...ada, password: PASSWORD }, ...others];
		desk.secrets.password = PASSWORD;
		const id = await desk.rest.createCredential({
			name: `login ${randomUUID()}`,
			type: 'appmixerApi',
			data: {
				...{ baseUrl: desk.sandbox.url, authentication: 'login', apiPath: 'plugin' },
				...{ username: 'ada@example.com', password: PASSWORD },
			},
		});
		const step = {
			...desk.effect('Read', ''),
			parameters: {
				url: `=${desk.sandbox.url}/effect/read/{{ $('Form').item.json.query.n }}`,
				options: {},
			},
		};
		const workflow = await desk.publish(
			[ours('appmixer', 'List', { id }, { resource: 'task', operation: 'getAll' }), step],
			[
				['Form', 'List'],
				['List', 'Read'],
			],
		);
		const decisions = new Map<string, string>();
		for (const round of range(3)) {
			appmixer.revokeTokens();
			await forEach(range(12), 12, async (n) => {
				decisions.set(`${round}-${n}`, 'read');
				await workflow.begin(`${round}-${n}`);
			});
			await desk.settled(workflow.id);
		}
		const logins = desk.sandbox.requests.filter(({ path }) => path === '/user/auth').length;
		const effects = desk.effects();
		const counted = account({ decisions, effects, runsOf: () => [] });
		return { account: counted, notes: { logins, failures: failuresOf(desk, workflow.id) } };
	});
}

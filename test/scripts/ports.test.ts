/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';

import { listenersOn } from '../../scripts/ports';
import { withRefusingPort } from '../refusingPort';

it.each(['127.0.0.1', '::'])(
	'tells who listens on a port of %s, until it is closed',
	async (host) => {
		const server = createServer().listen(0, host);
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		expect(listenersOn(port)).toEqual([process.pid]);
		server.close();
		expect(listenersOn(port)).not.toContain(process.pid);
	},
);

it('holds a port that refuses and that nobody can take', async () => {
	await withRefusingPort(async (port) => {
		const caller = connect(port, '127.0.0.1');
		expect((await once(caller, 'error'))[0]).toMatchObject({ code: 'ECONNREFUSED' });
		expect(listenersOn(port)).toEqual([]);
		for (const host of ['127.0.0.1', '0.0.0.0']) {
			const taker = createServer().listen(port, host);
			expect((await once(taker, 'error'))[0]).toMatchObject({ code: 'EADDRINUSE' });
		}
	});
});

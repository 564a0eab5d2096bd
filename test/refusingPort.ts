/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * A port of 127.0.0.1 that refuses connections for as long as the test runs: the near end of a connection holds it,
 * so that nobody else can listen there.
 */
export async function withRefusingPort<Result>(
	test: (port: number) => Promise<Result>,
): Promise<Result> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const accepted = once(server, 'connection') as Promise<[Socket]>;
	const holder = connect((server.address() as AddressInfo).port, '127.0.0.1');
	const [[farEnd]] = await Promise.all([accepted, once(holder, 'connect')]);
	try {
		return await test(Number(holder.localPort));
	} finally {
		holder.destroy();
		farEnd.destroy();
		server.close();
	}
}

import type { Request, Server } from '@hapi/hapi';

import { callerOf } from './authenticate';
import { answerV2, pageOf } from './page';
import type { MambuParts } from './parts';
import { refusal } from './refuse';
import { userOnWire } from './users';
import { versionOf } from './version';

/**
 * Users, for assignees. Version 1: `UsersService` in Mambu-APIs-Java, where a user name works like an ID.
 * Version 2: `src/users` in github.com/skyleague/mambu-sdk, ID or key only, and no filter by user name.
 */
export function mountUserRoutes(server: Server, { options }: MambuParts): void {
	function mayRead(request: Request): void {
		if (!callerOf(request, options).readsUsers) throw refusal(403, 'INVALID_PERMISSIONS');
	}

	server.route({
		method: 'GET',
		path: '/api/users',
		handler(request, h) {
			mayRead(request);
			const page = pageOf(options.users.map(userOnWire), request.query, options);
			return versionOf(request) === 'v1' ? page.rows : answerV2(h, page, request.query);
		},
	});

	server.route({
		method: 'GET',
		path: '/api/users/{userId}',
		handler(request) {
			mayRead(request);
			const { userId } = request.params as { userId: string };
			const names = versionOf(request) === 'v1' ? ['username'] : [];
			const user = options.users
				.map(userOnWire)
				.find((one) =>
					Object.entries(one).some(
						([name, value]) => ['id', 'encodedKey', ...names].includes(name) && value === userId,
					),
				);
			// Assumption: the name of this failure
			if (!user) throw refusal(404, 'OBJECT_NOT_FOUND');
			return user;
		},
	});
}

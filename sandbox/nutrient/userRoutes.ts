import { randomUUID } from 'node:crypto';
import type { Server } from '@hapi/hapi';
import Joi from 'joi';

import { callerOf } from './authenticate';
import { listing, named } from './listing';
import type { NutrientUser } from './options';
import type { NutrientParts } from './parts';
import { refusal } from './refuse';
import { userRow } from './rows';

// Assumption: camelCase members as in the claims of the vendor's tokens; the v7 names in PascalCase are taken too.
const MEMBERS: Array<[keyof NutrientUser, string]> = [
	['userName', 'UserName'],
	['firstName', 'NameFirst'],
	['lastName', 'NameLast'],
	['email', 'Email'],
];
const BODY = Joi.object().unknown().required();

/** Users. Paths: api-catalog-full.json in github.com/brperdomo/workflow-copilot. */
export function mountUserRoutes(server: Server, { options }: NutrientParts): void {
	function userOf(sid: unknown): NutrientUser {
		const user = options.users.find((candidate) => candidate.sid === sid);
		if (!user) throw refusal(404, 'User not found');
		return user;
	}

	function membersOf(payload: unknown): Partial<NutrientUser> {
		const { error } = BODY.validate(payload);
		if (error) throw refusal(400, error.message);
		const given = payload as Record<string, unknown>;
		return Object.fromEntries(
			MEMBERS.flatMap(([name, legacy]) => {
				const value = given[name] ?? given[legacy];
				return value === undefined ? [] : [[name, String(value)]];
			}),
		);
	}

	server.route({
		method: 'GET',
		path: '/api/user/current',
		handler: (request) => named(userRow(callerOf(request, options)), options),
	});

	server.route({
		method: 'GET',
		path: '/api/user/',
		handler: (request) => listing(request, options.users.map(userRow), options),
	});

	server.route({
		method: 'GET',
		path: '/api/user/{guid}',
		handler: ({ params }) => named(userRow(userOf(params.guid)), options),
	});

	server.route({
		method: 'GET',
		path: '/api/user/{guid}/full',
		handler({ params }) {
			const user = userOf(params.guid);
			return named({ ...userRow(user), isActive: user.isActive, timeZone: 'UTC' }, options);
		},
	});

	server.route({
		method: 'POST',
		path: '/api/user/',
		handler(request, h) {
			if (!callerOf(request, options).isManager) throw refusal(403, 'Permission denied');
			const members = membersOf(request.payload);
			if (!members.userName) throw refusal(400, 'userName is required');
			if (options.users.some(({ userName }) => userName === members.userName)) {
				throw refusal(400, 'The user name is taken');
			}
			const user: NutrientUser = {
				sid: randomUUID(),
				userName: '',
				firstName: '',
				lastName: '',
				email: '',
				personalKey: null,
				isManager: false,
				isActive: true,
				...members,
			};
			options.users.push(user);
			return options.userAnswer === 'bare'
				? h.response(JSON.stringify(user.sid)).type('application/json')
				: h.response(named(userRow(user), options));
		},
	});

	server.route({
		method: 'PUT',
		path: '/api/user/{guid}',
		handler(request, h) {
			if (!callerOf(request, options).isManager) throw refusal(403, 'Permission denied');
			const user = Object.assign(userOf(request.params.guid), membersOf(request.payload));
			return options.userAnswer === 'bare'
				? h.response('true').type('application/json')
				: h.response(named(userRow(user), options));
		},
	});
}

import Joi from 'joi';

import type { Mount } from '../service';
import { createTokens, LOGIN_PAGE, refuse, refuseLogin } from './authenticate';
import { TAU, withDefaults, type AffinitextOptions, type Person } from './options';
import { createStore, type AffinitextTask, type Store } from './store';
import { wrap, writeTask } from './wireShape';

/** What a test can see of the library and do to it. */
export interface Affinitext extends Store {
	/** In force at once when changed. */
	options: AffinitextOptions;
	/** The token of the Task API User. */
	token: string;
	/** Requests a new token; ends the old one unless `oldToken` says otherwise. */
	issueToken(person?: Person): string;
	/** As the assignee does: final without a verifier. */
	complete(task: AffinitextTask): void;
	/** As the verifier does. */
	verify(task: AffinitextTask): void;
	reopen(task: AffinitextTask): void;
}

const pageQuery = Joi.object({ page: Joi.number().integer().min(1).default(1) }).unknown(true);

/**
 * A stand-in for a library's Task API: one address, read only. Sources, all of the vendor's help centre
 * (affinitext.zendesk.com): "6.5 Affinitext Task API", "2.7 Task Manager", "6.3 Email Notifications" and
 * "2.11 Relocating Tasks". They name the address, the bearer token, JSON, and who sees which tasks; the rest is a
 * switch in `AffinitextOptions`.
 */
export const mountAffinitext =
	(given: Partial<AffinitextOptions> = {}): Mount<Affinitext> =>
	(server, clock) => {
		const options = withDefaults(given);
		const store = createStore(clock);
		const tokens = createTokens(options);

		server.route({
			method: 'GET',
			path: '/api/tasks',
			handler(request, h) {
				const person = tokens.ownerOf(String(request.headers.authorization));
				if (!person) return refuseLogin(request, h, options);
				const isRefused = !person.isTaskApiUser && options.notTaskApiUser === 'status403';
				if (isRefused) return refuse(h, 403, 'Not a Task API User.', options);
				const visible = person.isTaskApiUser ? store.visibleTo(person) : [];
				const { value } = pageQuery.validate(request.query) as { value: { page: number } };
				const text = options.text ?? JSON.stringify(listing(visible, value.page, request));
				return h
					.response(text)
					.type(options.contentType === 'html' ? 'text/html' : 'application/json');
			},
		});
		server.route({
			method: ['POST', 'PUT', 'PATCH', 'DELETE'],
			path: '/api/tasks',
			handler: (_request, h) => refuse(h, options.otherMethods, 'Read only.', options),
		});
		server.route({
			method: '*',
			path: '/{any*}',
			handler: (_request, h) => refuse(h, 404, 'Not found.', options),
		});
		server.route({
			method: 'GET',
			path: '/login',
			handler: (_request, h) => h.response(LOGIN_PAGE).type('text/html'),
		});

		/** Assumption: without pages unless asked for; a page is named by its number. */
		function listing(visible: AffinitextTask[], page: number, request: { headers: object }) {
			const all = visible.map((task) => writeTask(task, options));
			if (options.paging === 'none') return wrap(all, options, all.length, null);
			const { host } = request.headers as { host: string };
			const end = page * options.pageSize;
			const onHost = options.paging === 'foreignNext' ? 'elsewhere.example.com' : host;
			const nextPage = options.paging === 'endless' ? page : page + 1;
			const hasMore = options.paging === 'endless' || end < all.length;
			const next = hasMore ? `http://${onHost}/api/tasks?page=${nextPage}` : null;
			return wrap(all.slice(end - options.pageSize, end), options, all.length, next);
		}

		return {
			...store,
			options,
			token: tokens.issue(TAU),
			issueToken: (person = TAU) => tokens.issue(person),
			complete(task) {
				const state = task.verifier ? 'Awaiting Verification' : 'Completed';
				store.change(task, { state, completedAt: new Date(clock.now()) });
			},
			verify: (task) => store.change(task, { state: 'Verified' }),
			reopen: (task) => store.change(task, { state: 'Re-opened', completedAt: null }),
		};
	};

export { ANN, TAU, VIC, type AffinitextOptions, type Person as AffinitextUser } from './options';
export type { AffinitextTask } from './store';

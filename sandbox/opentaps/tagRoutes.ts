import type { Server } from '@hapi/hapi';

import { done, envelope, listOf } from './answers';
import { parametersOf, requireRight, type Parameters } from './authenticate';
import type { OpentapsParts } from './parts';
import { refusal, unknown } from './refuse';
import type { Tag } from './store';
import { activityOnWire } from './wireShape';

const FORM = { allow: 'application/x-www-form-urlencoded' };

/** "CRM-2 Tags API", revisions 7552 and 7554. Assumption: tags need the same rights as activities. */
export function mountTagRoutes(server: Server, { store, options }: OpentapsParts): void {
	const withName = (name: string, but?: Tag) =>
		store.tags.find((tag) => tag !== but && tag.tagName.toLowerCase() === name.toLowerCase());

	function named({ tagId = '' }: Parameters): Tag {
		const tag = store.findTag(tagId);
		if (!tag) throw unknown('Tag', options);
		return tag;
	}

	server.route({
		method: 'POST',
		path: '/tag',
		options: { payload: FORM },
		handler(request) {
			requireRight(request, 'ACTIVITY_UPDATE');
			const { tagName = '', tagUrl = '', tagKeywords = '' } = parametersOf(request, options);
			if (tagName === '') throw refusal(400, 'tagName is required');
			if (withName(tagName)) throw refusal(400, `Tag ${tagName} already exists`);
			const { tagId } = store.addTag({ tagName, tagUrl, tagKeywords });
			return options.tagAnswer === 'topLevel' ? { tagId } : envelope({ tagId });
		},
	});

	server.route({
		method: 'GET',
		path: '/tag',
		handler(request) {
			requireRight(request, 'ACTIVITY_VIEW');
			const { tagName = '' } = parametersOf(request, options);
			if (tagName === '' && options.emptyTagName === 'refused') {
				throw refusal(400, 'tagName is required');
			}
			const isMatch = (tag: Tag) => tag.tagName.toLowerCase().includes(tagName.toLowerCase());
			const tags = store.tags.filter(isMatch);
			return options.tagAnswer === 'topLevel' ? tags : listOf(tags, options);
		},
	});

	server.route({
		method: 'PUT',
		path: '/tag',
		options: { payload: FORM },
		handler(request, h) {
			requireRight(request, 'ACTIVITY_UPDATE');
			const sent = parametersOf(request, options);
			const tag = named(sent);
			if (sent.tagName && withName(sent.tagName, tag)) {
				throw refusal(400, `Tag ${sent.tagName} already exists`);
			}
			for (const key of ['tagName', 'tagUrl', 'tagKeywords'] as const) {
				// Assumption: what is not sent stays
				if (sent[key] !== undefined) tag[key] = sent[key];
			}
			return done(h, options);
		},
	});

	server.route({
		method: 'DELETE',
		path: '/tag',
		handler(request, h) {
			requireRight(request, 'ACTIVITY_UPDATE');
			store.removeTag(named(parametersOf(request, options)));
			return done(h, options);
		},
	});

	server.route({
		method: 'GET',
		path: '/tagActivities',
		handler(request) {
			requireRight(request, 'ACTIVITY_VIEW');
			const { tagId } = named(parametersOf(request, options));
			const tagged = store.activities.filter(({ tagIds }) => tagIds.has(tagId));
			return listOf(
				tagged.map((activity) => activityOnWire(activity, options)),
				options,
			);
		},
	});
}

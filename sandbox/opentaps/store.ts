import { randomBytes } from 'node:crypto';

import type { Clock } from '../clock';
import { IDA, type OpentapsUser } from './options';

/** A stored activity. A task is one with the type TASK (wiki, "Task API"). */
export interface Activity {
	/** 24 hexadecimal characters, as in the wiki's sample. */
	id: string;
	sequenceNum: number;
	noteText: string;
	createdAt: Date;
	createdBy: OpentapsUser;
	/** `activityType`, `status` and every other field by its bare name. */
	fields: Record<string, string>;
	/** Contacts a task is assigned to. */
	assignedTo: string[];
	/** Contact → role; an empty role is none. */
	contacts: Map<string, string>;
	tagIds: Set<string>;
}

export interface Tag {
	tagId: string;
	tagName: string;
	tagUrl: string;
	tagKeywords: string;
}

export type NewActivity = Partial<Omit<Activity, 'id' | 'sequenceNum'>>;

export interface Store {
	/** In the order of creation. */
	activities: Activity[];
	tags: Tag[];
	add(activity: NewActivity): Activity;
	find(id: string): Activity | undefined;
	remove(activity: Activity): void;
	addTag(tag: Omit<Tag, 'tagId'>): Tag;
	findTag(tagId: string): Tag | undefined;
	removeTag(tag: Tag): void;
}

/** Looks like the IDs in the wiki and the scripts. */
const newId = () => randomBytes(12).toString('hex');

export function createStore(clock: Clock): Store {
	const activities: Activity[] = [];
	const tags: Tag[] = [];
	let lastSequenceNum = 0;
	return {
		activities,
		tags,
		add({ fields, ...given }) {
			// Assumption: gaps, as after deletions; the numbers themselves are the server's business
			lastSequenceNum += 3;
			const activity: Activity = {
				id: newId(),
				sequenceNum: lastSequenceNum,
				noteText: 'A note',
				createdAt: new Date(clock.now()),
				createdBy: IDA,
				assignedTo: [],
				contacts: new Map(),
				tagIds: new Set(),
				...given,
				// Assumption: what a new activity has when nothing was sent
				fields: { activityType: 'NOTE', status: 'CREATED', ...fields },
			};
			activities.push(activity);
			return activity;
		},
		find: (id) => activities.find((activity) => activity.id === id),
		remove: (activity) => void activities.splice(activities.indexOf(activity), 1),
		addTag(given) {
			const tag = { tagId: newId(), ...given };
			tags.push(tag);
			return tag;
		},
		findTag: (tagId) => tags.find((tag) => tag.tagId === tagId),
		removeTag(tag) {
			tags.splice(tags.indexOf(tag), 1);
			for (const { tagIds } of activities) tagIds.delete(tag.tagId);
		},
	};
}

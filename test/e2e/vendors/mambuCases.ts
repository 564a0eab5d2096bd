import type { INodeParameters } from 'n8n-workflow';

import type { MambuTask } from '../../../sandbox';

/** Keys of the sandbox: the first task, the users Max (demo) and Vera, the client 16. */
export const TASK = 'c146b6ad38277b931d94d82f20703136';
export const MAX = 'd6d7705392bc7af633328bea8c4c6904';
const VERA = '3d58ce20fe802793e0b221905baa60b3';
const CLIENT = 'c8b8306e5ae0c4389eb55459a8a2f04c';

const SECOND = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/;

export type Version = 'v1' | 'v2';
type Call = [method: string, path: string, sent?: object];

export interface Case {
	parameters: INodeParameters;
	/** What is stored before, besides the task that every case has; that one by default open. */
	before?: Partial<MambuTask>;
	calls: Call[];
	json: object[];
}

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const byName = (value: string) => ({ __rl: true, mode: 'username', value });

/** The Task record of the stored task, as this version tells it. */
const record = (version: Version, more: object = {}) => ({
	id: TASK,
	title: 'Review the loan',
	description: null,
	status: 'OPEN',
	state: 'open',
	decision: null,
	requester: { id: MAX, name: 'Max Power', email: null },
	assignee: { id: MAX, name: null, email: null },
	dueAt: version === 'v2' ? '2099-06-16' : '2099-06-16T19:30:00.000Z',
	createdAt: expect.stringMatching(SECOND),
	updatedAt: expect.stringMatching(SECOND),
	decidedAt: null,
	url: null,
	source: 'mambu',
	...more,
});

/** Version 1 tells who made a task in lists only. */
const unnamed = { requester: { id: MAX, name: null, email: null } };
const DONE = { status: 'COMPLETED', state: 'done' };
const DONE_V1 = { ...DONE, decidedAt: '2026-01-02T02:04:05.000Z' };
const COMPLETED = {
	status: 'COMPLETED',
	completionDate: new Date('2026-01-02T02:04:05Z'),
} as const;

const page = { offset: '0', limit: '1000' };
const pageV2 = { ...page, paginationDetails: 'ON' };
const whole = {
	encodedKey: TASK,
	title: 'Review the loan',
	dueDate: '2099-06-16T19:30:00+0000',
	assignedUserKey: MAX,
};
const find: Call = ['GET', '/api/tasks', { status: 'OPEN', ...page }];
const read: Call = ['GET', '/api/tasks/1'];
const patch = (...operations: object[]): Call => ['PATCH', '/api/tasks/1', operations];

export const NEW = {
	title: ' Review the loan ',
	dueDate: '2099-06-16T21:30:00',
	assignee: byName('demo'),
	additionalFields: {
		description: 'For **Eve**',
		taskLinkType: 'CLIENT',
		taskLinkKey: CLIENT,
	},
};
/** Half an hour into the day in Prague, the day before in UTC. */
const CHANGED = { title: 'Changed', dueDate: '2099-07-01T00:30:00', assignee: byName('vera') };
const vera = { id: VERA, name: null, email: null };

/** What each operation does with `TASK`, "Review the loan", due at 19:30 UTC; the workflow is in Prague. */
export const CASES: Record<string, Record<Version, Case>> = {
	'task:create': {
		v1: {
			parameters: NEW,
			calls: [
				['GET', '/api/users/demo'],
				[
					'POST',
					'/api/tasks',
					{
						task: {
							title: 'Review the loan',
							dueDate: '2099-06-16T21:30:00+0200',
							status: 'OPEN',
							description: 'For **Eve**',
							assignedUserKey: MAX,
							taskLinkType: 'CLIENT',
							taskLinkKey: CLIENT,
						},
					},
				],
			],
			json: [
				record('v1', {
					id: 'befa05fad0cdd5fb319d437f20d71bd9',
					...unnamed,
					description: 'For **Eve**',
				}),
			],
		},
		v2: {
			parameters: NEW,
			calls: [
				['GET', '/api/users', pageV2],
				[
					'POST',
					'/api/tasks',
					{
						title: 'Review the loan',
						dueDate: '2099-06-16',
						description: 'For **Eve**',
						assignedUserKey: MAX,
						taskLinkType: 'CLIENT',
						taskLinkKey: CLIENT,
					},
				],
			],
			json: [record('v2', { id: 'befa05fad0cdd5fb319d437f20d71bd9', description: 'For **Eve**' })],
		},
	},
	'task:get': {
		v1: { parameters: { taskId: byId(TASK) }, calls: [find], json: [record('v1')] },
		v2: { parameters: { taskId: byId('1') }, calls: [read], json: [record('v2')] },
	},
	'task:getAll': {
		v1: {
			parameters: { limit: 1, filters: { assignee: byName('demo') } },
			calls: [['GET', '/api/tasks', { username: 'demo', status: 'OPEN', offset: '0', limit: '1' }]],
			json: [record('v1')],
		},
		v2: {
			parameters: { returnAll: true, filters: { status: 'ALL' } },
			calls: [
				['GET', '/api/tasks', { status: 'OPEN', ...pageV2 }],
				['GET', '/api/tasks', { status: 'OVERDUE', ...pageV2 }],
				['GET', '/api/tasks', { status: 'COMPLETED', ...pageV2 }],
				// what was reopened meanwhile
				['GET', '/api/tasks', { status: 'OPEN', ...pageV2 }],
				['GET', '/api/tasks', { status: 'OVERDUE', ...pageV2 }],
			],
			json: [record('v2')],
		},
	},
	'task:update': {
		v1: {
			parameters: { taskId: byId('1'), updateFields: CHANGED },
			calls: [
				['GET', '/api/users/vera'],
				find,
				[
					'POST',
					'/api/tasks',
					{
						task: {
							encodedKey: TASK,
							title: 'Changed',
							dueDate: '2099-07-01T00:30:00+0200',
							assignedUserKey: VERA,
							status: 'OPEN',
						},
					},
				],
			],
			json: [
				record('v1', {
					...unnamed,
					title: 'Changed',
					dueAt: '2099-06-30T22:30:00.000Z',
					assignee: vera,
				}),
			],
		},
		v2: {
			parameters: { taskId: byId('1'), updateFields: CHANGED },
			calls: [
				['GET', '/api/users', pageV2],
				read,
				patch(
					{ op: 'REPLACE', path: '/title', value: 'Changed' },
					{ op: 'REPLACE', path: '/dueDate', value: '2099-07-01' },
					{ op: 'REPLACE', path: '/assignedUserKey', value: VERA },
				),
				read,
			],
			json: [record('v2', { title: 'Changed', dueAt: '2099-07-01', assignee: vera })],
		},
	},
	'task:complete': {
		v1: {
			parameters: { taskId: byId('1'), options: { completionDate: '2026-01-02T03:04:05' } },
			calls: [
				find,
				[
					'POST',
					'/api/tasks',
					{ task: { ...whole, status: 'COMPLETED', completionDate: '2026-01-02T03:04:05+0100' } },
				],
			],
			json: [record('v1', { ...unnamed, ...DONE_V1 })],
		},
		v2: {
			parameters: { taskId: byId('1') },
			calls: [patch({ op: 'REPLACE', path: '/status', value: 'COMPLETED' }), read],
			json: [record('v2', DONE)],
		},
	},
	'task:reopen': {
		v1: {
			parameters: { taskId: byId('1') },
			before: COMPLETED,
			calls: [
				find,
				['GET', '/api/tasks', { status: 'OVERDUE', ...page }],
				['GET', '/api/tasks', { status: 'COMPLETED', ...page }],
				['POST', '/api/tasks', { task: { ...whole, status: 'OPEN' } }],
			],
			json: [record('v1', unnamed)],
		},
		v2: {
			parameters: { taskId: byId('1') },
			before: COMPLETED,
			calls: [patch({ op: 'REPLACE', path: '/status', value: 'OPEN' }), read],
			json: [record('v2')],
		},
	},
	'task:wait': {
		v1: {
			parameters: { taskId: byId('1') },
			before: COMPLETED,
			calls: [
				find,
				['GET', '/api/tasks', { status: 'OVERDUE', ...page }],
				['GET', '/api/tasks', { status: 'COMPLETED', ...page }],
			],
			json: [{ approved: false, outcome: 'done', decidedBy: null, ...record('v1', DONE_V1) }],
		},
		v2: {
			parameters: { taskId: byId('1') },
			before: COMPLETED,
			calls: [read],
			json: [{ approved: false, outcome: 'done', decidedBy: null, ...record('v2', DONE) }],
		},
	},
	'task:delete': {
		v1: {
			parameters: { taskId: byId('1') },
			calls: [['DELETE', '/api/tasks/1']],
			json: [{ deleted: true }],
		},
		v2: {
			parameters: { taskId: byId('1') },
			calls: [['DELETE', '/api/tasks/1']],
			json: [{ deleted: true }],
		},
	},
};

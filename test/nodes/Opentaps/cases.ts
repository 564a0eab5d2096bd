import type { INodeParameters } from 'n8n-workflow';

import { byId, LOGIN, UMAS_ID, type Sandboxed } from './sandboxed';

type Form = Record<string, string>;

/** One operation with good fields: the one request it sends, and what comes out. */
export interface Prepared {
	parameters: INodeParameters;
	/** A form is checked whole, so is a query. */
	request: { method: string; path: string; query?: Form; form?: Form };
	/** The json of the items. */
	output: unknown[];
}

export interface Case {
	operation: string;
	/** Sent once, whatever happens. */
	isWrite?: true;
	/** Parameters without which it sends nothing, and the name the error gives them. */
	required?: Record<string, string>;
	/** The parameter with the ID of something that may not exist. */
	idParameter?: string;
	prepare(used: Sandboxed): Prepared;
}

const anyTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
const anyId = expect.stringMatching(/^[0-9a-f]{24}$/) as string;
const WHEN = '2099-01-01T09:00:00.000Z';
const UMA = { id: UMAS_ID, name: null, email: null };

const record = (title: string, more: object = {}) => ({
	id: anyId,
	title,
	description: null,
	status: 'CREATED',
	state: 'open',
	decision: null,
	requester: null,
	assignee: null,
	dueAt: null,
	createdAt: anyTime,
	updatedAt: null,
	decidedAt: null,
	url: null,
	source: 'opentaps',
	...more,
});

const activity = (title: string, more: object = {}) => ({
	...record(title),
	activityType: 'NOTE',
	sequenceNum: 3,
	...more,
});

const urlOf = ({ opentaps }: Sandboxed, id: string) =>
	`${opentaps.url}/crm2/contactsWidget/client/#/tasks?taskId=${id}`;

const addTask = ({ opentaps }: Sandboxed) =>
	opentaps.createTask({ fields: { scheduledDateTime: WHEN } });

const contact = (verb: 'add' | 'remove'): Case => ({
	operation: `activity:${verb}Contact`,
	isWrite: true,
	required: { activityId: 'Activity', contactId: 'Contact' },
	idParameter: 'activityId',
	prepare({ opentaps }) {
		const { id } = opentaps.add({});
		const link = { activityId: id, contactId: UMAS_ID, role: 'reviewer' };
		return {
			parameters: { activityId: byId(id), contactId: byId(UMAS_ID), role: ' reviewer ' },
			request: {
				method: 'POST',
				path: `/activities/contact/${verb}`,
				form: { ...link, ...LOGIN },
			},
			output: [{ ...link, [verb === 'add' ? 'added' : 'removed']: true }],
		};
	},
});

export const CASES: Case[] = [
	{
		operation: 'activity:create',
		isWrite: true,
		required: { noteText: 'Text', activityType: 'Activity Type' },
		prepare: () => ({
			parameters: {
				noteText: ' Sent an offer & called ',
				activityType: { __rl: true, mode: 'name', value: 'email' },
				additionalFields: {
					status: 'STARTED',
					contactTagName: 'VIP',
					createdByUserId: 'ada@acme.example',
					createdByUserName: 'Ada',
					tagName: 'Sales::Offers',
					tagUrl: 'https://acme.example',
					tagKeywords: 'offer',
					customFields: {
						field: [
							{ name: 'referenceUrl', value: 'https://acme.example/ä?b=1&c=2' },
							{ name: 'note_field_referenceName', value: 'A-1' },
						],
					},
				},
			},
			request: {
				method: 'POST',
				path: '/activities',
				form: {
					noteText: 'Sent an offer & called',
					note_field_activityType: 'email',
					note_field_status: 'STARTED',
					note_field_referenceUrl: 'https://acme.example/ä?b=1&c=2',
					note_field_referenceName: 'A-1',
					contactTagName: 'VIP',
					created_by_user_userLoginId: 'ada@acme.example',
					created_by_user_name: 'Ada',
					tagName: 'Sales::Offers',
					tagUrl: 'https://acme.example',
					tagKeywords: 'offer',
					...LOGIN,
				},
			},
			output: [activity('Sent an offer & called', { status: 'STARTED', activityType: 'EMAIL' })],
		}),
	},
	{
		operation: 'activity:getAll',
		prepare({ opentaps }) {
			opentaps.add({ noteText: 'one' });
			opentaps.add({ noteText: 'two', fields: { activityType: 'EMAIL' } });
			return {
				parameters: {
					limit: 7,
					filters: {
						activityTypes: 'NOTE',
						statuses: 'CREATED',
						startFrom: 3,
						queryParameters: { field: [{ name: 'tagName', value: 'VIP' }] },
					},
				},
				request: {
					method: 'GET',
					path: '/activities/7/3',
					query: { activityType: 'NOTE', status: 'CREATED', tagName: 'VIP', ...LOGIN },
				},
				output: [activity('one')],
			};
		},
	},
	{
		operation: 'activity:update',
		isWrite: true,
		required: { activityId: 'Activity' },
		idParameter: 'activityId',
		prepare({ opentaps }) {
			const { id } = opentaps.add({ noteText: 'one' });
			const customFields = { field: [{ name: 'note_field_referenceName', value: 'A-2' }] };
			return {
				parameters: {
					activityId: byId(id),
					updateFields: { noteText: 'two', status: 'COMPLETED', customFields },
				},
				request: {
					method: 'PUT',
					path: `/activities/${id}`,
					form: {
						partial: 'Yes',
						noteText: 'two',
						status: 'COMPLETED',
						referenceName: 'A-2',
						...LOGIN,
					},
				},
				output: [activity('two', { id, status: 'COMPLETED', state: 'done' })],
			};
		},
	},
	{
		operation: 'activity:delete',
		isWrite: true,
		required: { activityId: 'Activity' },
		prepare({ opentaps }) {
			const { id } = opentaps.add({});
			return {
				parameters: { activityId: byId(id) },
				request: { method: 'DELETE', path: `/activities/${id}`, query: {}, form: LOGIN },
				output: [{ deleted: true }],
			};
		},
	},
	contact('add'),
	contact('remove'),
	{
		operation: 'task:create',
		isWrite: true,
		required: { noteText: 'Text' },
		prepare: () => ({
			parameters: {
				noteText: 'Call the customer',
				// ten o'clock in Prague
				scheduledDateTime: '2099-01-01T10:00:00',
				assignedToContact: byId(UMAS_ID),
				additionalFields: { responsibleContactId: byId(UMAS_ID), tagName: 'VIP' },
			},
			request: {
				method: 'POST',
				path: '/activities',
				form: {
					noteText: 'Call the customer',
					note_field_activityType: 'TASK',
					note_field_scheduledDateTime: WHEN,
					note_field_assignedToContact: UMAS_ID,
					note_field_responsibleContactId: UMAS_ID,
					tagName: 'VIP',
					...LOGIN,
				},
			},
			output: [
				record('Call the customer', {
					assignee: UMA,
					dueAt: WHEN,
					url: expect.stringMatching(/\/client\/#\/tasks\?taskId=[0-9a-f]{24}$/),
				}),
			],
		}),
	},
	{
		operation: 'task:getAll',
		prepare(used) {
			const { id } = addTask(used);
			used.opentaps.createTask({ fields: { status: 'COMPLETED' } });
			return {
				parameters: { limit: 5 },
				request: {
					method: 'GET',
					path: '/task',
					query: { status: 'CREATED,STARTED', per_page: '5', ...LOGIN },
				},
				output: [
					record('Call the customer', { id, assignee: UMA, dueAt: WHEN, url: urlOf(used, id) }),
				],
			};
		},
	},
	{
		operation: 'task:update',
		isWrite: true,
		required: { taskId: 'Task' },
		idParameter: 'taskId',
		prepare(used) {
			const { id } = addTask(used);
			return {
				parameters: {
					taskId: byId(id),
					updateFields: {
						noteText: 'Write to the customer',
						scheduledDateTime: '2099-07-01T10:00:00',
						assignedToContact: byId(''),
						responsibleContactId: byId(UMAS_ID),
						status: 'STARTED',
					},
				},
				request: {
					method: 'PUT',
					path: `/activities/${id}`,
					form: {
						partial: 'Yes',
						noteText: 'Write to the customer',
						scheduledDateTime: '2099-07-01T08:00:00.000Z',
						assignedToContact: '',
						responsibleContactId: UMAS_ID,
						status: 'STARTED',
						...LOGIN,
					},
				},
				output: [
					record('Write to the customer', {
						id,
						status: 'STARTED',
						assignee: UMA,
						dueAt: '2099-07-01T08:00:00.000Z',
						url: urlOf(used, id),
					}),
				],
			};
		},
	},
	{
		operation: 'task:complete',
		isWrite: true,
		required: { taskId: 'Task' },
		idParameter: 'taskId',
		prepare(used) {
			const { id } = addTask(used);
			return {
				parameters: { taskId: byId(id) },
				request: {
					method: 'PUT',
					path: `/activities/${id}`,
					form: { partial: 'Yes', status: 'COMPLETED', ...LOGIN },
				},
				output: [
					record('Call the customer', {
						id,
						status: 'COMPLETED',
						state: 'done',
						assignee: UMA,
						dueAt: WHEN,
						url: urlOf(used, id),
					}),
				],
			};
		},
	},
	{
		operation: 'task:wait',
		prepare(used) {
			const task = addTask(used);
			task.fields.status = 'COMPLETED';
			const { id } = task;
			return {
				parameters: { taskId: byId(id) },
				request: {
					method: 'GET',
					path: '/task',
					query: { status: 'CREATED,STARTED', per_page: '9999', ...LOGIN },
				},
				output: [
					{
						...{ approved: false, outcome: 'done', decidedBy: null },
						...record('Call the customer', {
							id,
							status: 'COMPLETED',
							state: 'done',
							assignee: UMA,
							dueAt: WHEN,
							url: urlOf(used, id),
						}),
					},
				],
			};
		},
	},
	{
		operation: 'tag:create',
		isWrite: true,
		required: { tagName: 'Name' },
		prepare: () => ({
			parameters: {
				tagName: 'Sales::Offers',
				additionalFields: { tagUrl: 'https://acme.example', tagKeywords: 'offer' },
			},
			request: {
				method: 'POST',
				path: '/tag',
				form: {
					tagName: 'Sales::Offers',
					tagUrl: 'https://acme.example',
					tagKeywords: 'offer',
					...LOGIN,
				},
			},
			output: [
				{ id: anyId, name: 'Sales::Offers', url: 'https://acme.example', keywords: 'offer' },
			],
		}),
	},
	{
		operation: 'tag:getAll',
		prepare({ opentaps }) {
			const { tagId } = opentaps.addTag({ tagName: 'Sales', tagUrl: 'a', tagKeywords: 'b' });
			return {
				parameters: { filters: { tagName: 'sal' } },
				request: { method: 'GET', path: '/tag', query: { tagName: 'sal', ...LOGIN } },
				output: [{ id: tagId, name: 'Sales', url: 'a', keywords: 'b' }],
			};
		},
	},
	{
		operation: 'tag:update',
		isWrite: true,
		required: { tagId: 'Tag' },
		idParameter: 'tagId',
		prepare({ opentaps }) {
			const { tagId } = opentaps.addTag({ tagName: 'Sales', tagUrl: 'a', tagKeywords: 'b' });
			return {
				parameters: { tagId: byId(tagId), updateFields: { tagName: 'Sale', tagUrl: '' } },
				request: {
					method: 'PUT',
					path: '/tag',
					form: { tagId, tagName: 'Sale', tagUrl: '', ...LOGIN },
				},
				output: [{ id: tagId, name: 'Sale', url: '' }],
			};
		},
	},
	{
		operation: 'tag:delete',
		isWrite: true,
		required: { tagId: 'Tag' },
		prepare({ opentaps }) {
			const { tagId } = opentaps.addTag({ tagName: 'Sales', tagUrl: '', tagKeywords: '' });
			return {
				parameters: { tagId: byId(tagId) },
				request: { method: 'DELETE', path: '/tag', query: {}, form: { tagId, ...LOGIN } },
				output: [{ deleted: true }],
			};
		},
	},
	{
		operation: 'tag:getActivities',
		required: { tagId: 'Tag' },
		idParameter: 'tagId',
		prepare({ opentaps }) {
			const { tagId } = opentaps.addTag({ tagName: 'Sales', tagUrl: '', tagKeywords: '' });
			opentaps.add({ noteText: 'one', tagIds: new Set([tagId]) });
			return {
				parameters: { tagId: byId(tagId) },
				request: { method: 'GET', path: '/tagActivities', query: { tagId, ...LOGIN } },
				output: [activity('one')],
			};
		},
	},
	{
		operation: 'user:getAll',
		prepare: () => ({
			parameters: { limit: 2 },
			request: { method: 'GET', path: '/contacts-users', query: LOGIN },
			output: [
				{ id: anyId, name: 'Ida Admin', email: 'ida@acme.example' },
				{ id: UMAS_ID, name: 'Uma User', email: 'uma@acme.example' },
			],
		}),
	},
];

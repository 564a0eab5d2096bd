import type { IBinaryKeyData, INodeParameters } from 'n8n-workflow';

import type { RecordedRequest } from '../../../sandbox';
import { byId, type Sandboxed } from './sandboxed';

/** One operation with good fields: what it sends last, and what comes out. */
export interface Prepared {
	parameters: INodeParameters;
	request: Partial<RecordedRequest>;
	/** The json of the items. */
	output: unknown[];
	files?: IBinaryKeyData;
}

export interface Case {
	operation: string;
	/** Whose login; Bob's when absent. */
	user?: 'ada' | 'bob';
	/** Sent once, whatever happens. */
	isWrite?: true;
	/** Parameters without which it sends nothing, and the name the error gives them. */
	required?: Record<string, string>;
	/** The parameter with the ID of something that may not exist. */
	idParameter?: string;
	prepare(used: Sandboxed): Prepared;
}

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const anyTime = expect.stringMatching(ISO) as string;
const ADA = { id: null, name: 'Ada Lovelace', email: null };

const requestRecord = (id: string, more: object = {}) => ({
	id,
	title: 'Laptops',
	description: null,
	status: 'Started',
	state: 'open',
	decision: null,
	requester: ADA,
	assignee: null,
	dueAt: null,
	createdAt: anyTime,
	updatedAt: anyTime,
	decidedAt: null,
	url: null,
	source: 'nutrient',
	...more,
});

const taskRecord = (id: string, more: object = {}) => ({
	id,
	title: 'Manager Approval',
	description: 'Laptops',
	status: 'Started',
	state: 'open',
	decision: null,
	requester: ADA,
	assignee: { id: null, name: 'Bob Baker', email: 'bob@example.com' },
	dueAt: '2099-01-01T10:00:00.000Z',
	createdAt: anyTime,
	updatedAt: null,
	decidedAt: null,
	url: null,
	source: 'nutrient',
	...more,
});

const approvalOf = ({ nutrient }: Sandboxed) =>
	nutrient.createApproval({ name: 'Laptops', dueDate: '2099-01-01T10:00:00.000Z' });

const decision = (operation: string, Approval: string, more: INodeParameters = {}): Case => ({
	operation: `task:${operation}`,
	isWrite: true,
	required: { taskId: 'Task', ...('optionLabel' in more && { optionLabel: 'Option Label' }) },
	idParameter: 'taskId',
	prepare(used) {
		const { recipientTaskSid: sid, instanceSid } = approvalOf(used);
		return {
			parameters: { taskId: byId(sid), comments: 'Fine', ...more },
			request: {
				method: 'POST',
				path: `/api/instance/tasktypes/approval/${sid}`,
				query: { legacy: 'true' },
				body: { Approval, Comments: 'Fine' },
			},
			output: [{ taskId: sid, option: Approval, response: { success: true, instanceSid } }],
		};
	},
});

/** Every operation of the node. */
export const CASES: Case[] = [
	{
		operation: 'process:get',
		required: { processId: 'Process' },
		idParameter: 'processId',
		prepare({ nutrient: { processes } }) {
			const [{ sid }] = processes;
			return {
				parameters: { processId: byId(sid) },
				request: { method: 'GET', path: `/api/processes/${sid}`, query: {} },
				output: [
					{
						sid,
						id: 101,
						name: 'Purchase Request',
						description: 'Asks for money',
						publishStatus: 'Production',
					},
				],
			};
		},
	},
	{
		operation: 'process:getAll',
		prepare: ({ nutrient: { processes } }) => ({
			parameters: { limit: 1, filters: { search: 'request', permissionType: 'start' } },
			request: {
				method: 'GET',
				path: '/api/processes/search',
				query: { search: 'request', permissionType: 'start' },
			},
			output: [expect.objectContaining({ sid: processes[0].sid })],
		}),
	},
	{
		operation: 'process:getTasks',
		required: { processId: 'Process' },
		idParameter: 'processId',
		prepare({ nutrient: { processes } }) {
			const [{ sid, tasks }] = processes;
			return {
				parameters: { processId: byId(sid), onlyFirst: true },
				request: { method: 'GET', path: `/api/processes/${sid}/firstTasks`, query: {} },
				output: [
					{ processTaskSid: tasks[0].processTaskSid, name: 'Request Form', taskType: 'form' },
				],
			};
		},
	},
	{
		operation: 'process:start',
		isWrite: true,
		required: { processId: 'Process' },
		idParameter: 'processId',
		prepare({ nutrient: { processes } }) {
			const [{ sid, tasks }] = processes;
			const [{ processTaskSid: firstTaskId }] = tasks;
			return {
				parameters: {
					processId: byId(sid),
					requestName: 'Laptops',
					data: '{ "amount": 7 }',
					options: { firstTaskId, clientSid: 'c1', parentSid: 'p1' },
				},
				request: {
					method: 'POST',
					path: `/api/instance/start/${sid}/${firstTaskId}`,
					query: { requestName: 'Laptops', clientSid: 'c1', parentSid: 'p1' },
					body: { amount: 7 },
				},
				output: [
					requestRecord(expect.stringMatching(/^[\da-f-]{36}$/) as string, {
						// without a next task the stand-in ends the request at once
						status: 'Completed',
						requester: null,
					}),
				],
			};
		},
	},
	{
		operation: 'request:get',
		required: { requestId: 'Request' },
		idParameter: 'requestId',
		prepare(used) {
			const { instanceSid: sid } = approvalOf(used);
			return {
				parameters: {
					requestId: byId(sid),
					options: { includeInstanceFiles: true, includeCompletedForms: true },
				},
				request: {
					method: 'GET',
					path: `/api/instance/${sid}`,
					query: { includeInstanceFiles: 'true', includeCompletedForms: 'true' },
				},
				output: [requestRecord(sid)],
			};
		},
	},
	{
		operation: 'request:getAll',
		user: 'ada',
		prepare({ nutrient }) {
			const { sid } = nutrient.startRequest('Laptops');
			const [process] = nutrient.processes;
			return {
				parameters: {
					limit: 5,
					filters: {
						status: 'open',
						name: 'Lap',
						lastMilestone: 'Started',
						processId: process.sid,
						numberFrom: 1,
						numberTo: 2000,
						submittedFrom: '2001-02-03T00:00:00',
						submittedTo: '2098-12-31T23:30:00',
					},
					options: { sort: 'CreatedDate', dir: 'DESC' },
				},
				request: {
					method: 'GET',
					path: '/instances/mine',
					query: {
						status: 'open',
						instance_name: 'Lap',
						last_milestone: 'Started',
						process_sid: process.sid,
						id_range_start: '1',
						id_range_end: '2000',
						submitted_range_start: '2001-02-03',
						submitted_range_end: '2098-12-31',
						sort: 'CreatedDate',
						dir: 'DESC',
						start: '0',
						count: '100',
					},
				},
				output: [requestRecord(sid, { description: 'Purchase Request', requester: null })],
			};
		},
	},
	{
		operation: 'request:getTasks',
		required: { requestId: 'Request' },
		idParameter: 'requestId',
		prepare(used) {
			const { instanceSid: sid, recipientTaskSid } = approvalOf(used);
			return {
				parameters: { requestId: byId(sid) },
				request: { method: 'GET', path: `/api/instance/${sid}/recipientTask/list/data`, query: {} },
				output: [
					expect.objectContaining({ title: 'Request Form', status: 'Completed', state: 'done' }),
					taskRecord(recipientTaskSid),
				],
			};
		},
	},
	{
		operation: 'request:getFiles',
		required: { requestId: 'Request' },
		idParameter: 'requestId',
		prepare(used) {
			const { instanceSid: sid } = approvalOf(used);
			const file = used.nutrient.addFile(sid, 'offer.pdf', Buffer.from('offer'));
			return {
				parameters: { requestId: byId(sid) },
				request: { method: 'GET', path: `/api/instance/${sid}/files`, query: {} },
				output: [
					{
						fileName: 'offer.pdf',
						createdDate: file.createdDate,
						downloadLink: `/api/files/${file.sid}/download?ownerType=instance`,
					},
				],
			};
		},
	},
	{
		operation: 'request:cancel',
		user: 'ada',
		isWrite: true,
		required: { requestId: 'Request' },
		idParameter: 'requestId',
		prepare(used) {
			const { instanceSid: sid } = approvalOf(used);
			return {
				parameters: { requestId: byId(sid) },
				request: { method: 'GET', path: `/api/instance/${sid}/cancel`, query: {} },
				output: [{ cancelled: true, requestId: sid, response: { sid, state: 'Cancelled' } }],
			};
		},
	},
	{
		operation: 'task:getAll',
		prepare(used) {
			const { recipientTaskSid } = approvalOf(used);
			const filters = '[{"field":"taskType","data":{"comparison":"eq","value":"approval"}}]';
			return {
				parameters: {
					limit: 5,
					filters: { search: 'laptops', filters },
					options: { sort: 'startDate', dir: 'ASC' },
				},
				request: {
					method: 'GET',
					path: '/api/instance/mytask/list',
					query: {
						search: 'laptops',
						filters,
						sort: 'startDate',
						dir: 'ASC',
						start: '0',
						count: '100',
					},
				},
				output: [taskRecord(recipientTaskSid)],
			};
		},
	},
	{
		operation: 'task:getApprovalOptions',
		required: { taskId: 'Task' },
		idParameter: 'taskId',
		prepare(used) {
			const { recipientTaskSid: sid } = approvalOf(used);
			return {
				parameters: { taskId: byId(sid) },
				request: { method: 'GET', path: `/api/instance/tasktypes/approval/${sid}`, query: {} },
				output: [{ taskId: sid, options: ['Approve', 'Deny', 'Re-work'] }],
			};
		},
	},
	decision('approve', 'Approve'),
	decision('reject', 'Deny'),
	decision('decide', 'Re-work', { optionLabel: 're-work' }),
	{
		operation: 'task:completeForm',
		user: 'ada',
		isWrite: true,
		required: { taskId: 'Task' },
		idParameter: 'taskId',
		prepare({ nutrient }) {
			const ada = nutrient.options.users[0];
			const { sid: instanceSid } = nutrient.workflow.start(nutrient.processes[1], ada, {});
			const { recipientTaskSid: sid } = nutrient.tasks.at(-1)!;
			return {
				parameters: { taskId: byId(sid), data: '{ "days": 3 }', options: { isDraft: true } },
				request: {
					method: 'POST',
					path: `/api/instance/tasktypes/form/${sid}`,
					query: { isDraft: 'true' },
					body: { days: 3 },
				},
				output: [
					{ taskId: sid, isDraft: true, response: { instance_sid: instanceSid, nextTasks: [] } },
				],
			};
		},
	},
	{
		operation: 'task:completeDataContainer',
		isWrite: true,
		required: { taskId: 'Task' },
		idParameter: 'taskId',
		prepare({ nutrient }) {
			const { recipientTaskSid: sid } = nutrient.createDataContainer();
			return {
				parameters: { taskId: byId(sid), data: { orderNumber: 'A-17', amount: 120.5 } },
				request: {
					method: 'POST',
					path: `/api/instance/tasktypes/dataContainer/${sid}`,
					query: {},
					body: { orderNumber: 'A-17', amount: 120.5 },
				},
				output: [
					{
						taskId: sid,
						saveOnly: false,
						response: { recipientTaskSid: sid, state: 'Completed' },
					},
				],
			};
		},
	},
	{
		operation: 'task:reassign',
		isWrite: true,
		required: { taskId: 'Task', userId: 'User' },
		idParameter: 'userId',
		prepare(used) {
			const { recipientTaskSid: sid } = approvalOf(used);
			const carol = used.nutrient.options.users[2].sid;
			return {
				parameters: { taskId: byId(sid), userId: byId(carol) },
				request: {
					method: 'GET',
					path: `/api/instance/task/recipientTask/${sid}/reassign/${carol}`,
					query: {},
				},
				output: [
					{
						taskId: sid,
						userId: carol,
						response: { recipientTaskSid: expect.any(String) as string },
					},
				],
			};
		},
	},
	{
		operation: 'task:wait',
		required: { taskId: 'Task', approvedWords: 'Approved Words' },
		idParameter: 'requestId',
		prepare(used) {
			const task = approvalOf(used);
			const { recipientTaskSid: sid, instanceSid } = task;
			used.nutrient.workflow.decide(task, 'Approve', '');
			const decided = { status: 'Completed', state: 'done', decision: 'approved' };
			const record = taskRecord(sid, { ...decided, decidedAt: anyTime, option: 'Approve' });
			const decidedBy = { ...record.assignee, provenance: 'configured' };
			return {
				parameters: { taskId: byId(sid), requestId: byId(instanceSid) },
				request: {
					method: 'GET',
					path: `/api/instance/${instanceSid}/recipientTask/list/data`,
					query: {},
				},
				output: [{ approved: true, outcome: 'approved', decidedBy, ...record }],
			};
		},
	},
	{
		operation: 'request:wait',
		user: 'ada',
		required: { requestId: 'Request', approvedWords: 'Approved Words' },
		idParameter: 'requestId',
		prepare(used) {
			const task = approvalOf(used);
			const { instanceSid: sid } = task;
			used.nutrient.workflow.decide(task, 'Deny', '');
			const { id, title, assignee } = taskRecord(task.recipientTaskSid);
			const vote = { option: 'Deny', decision: 'rejected', decidedAt: anyTime };
			const ended = { status: 'Completed', state: 'done', decision: 'rejected' };
			const decidedBy = { ...assignee, provenance: 'configured' };
			return {
				parameters: { requestId: byId(sid) },
				request: { method: 'GET', path: `/api/instance/${sid}/recipientTask/list/data`, query: {} },
				output: [
					{
						...{ approved: false, outcome: 'rejected', decidedBy },
						...requestRecord(sid, { ...ended, approvals: [{ id, title, assignee, ...vote }] }),
					},
				],
			};
		},
	},
	{
		operation: 'report:getAll',
		prepare: ({ nutrient: { reports } }) => ({
			parameters: { returnAll: true, filters: { search: 'open' } },
			request: { method: 'GET', path: '/api/reports/search', query: { search: 'open' } },
			output: [{ sid: reports[0].sid, name: 'Open Purchases' }],
		}),
	},
	{
		operation: 'report:run',
		required: { reportId: 'Report' },
		idParameter: 'reportId',
		prepare({ nutrient: { reports } }) {
			const [{ sid, rows }] = reports;
			return {
				parameters: {
					reportId: byId(sid),
					limit: 1,
					reportFilters: { filter: [{ label: 'Department', value: 'IT' }] },
					dates: 'range',
					from: '2026-03-01T00:00:00',
					to: '2026-04-30T00:00:00',
				},
				request: {
					method: 'POST',
					path: `/api/reports/${sid}/run`,
					query: {},
					body: [
						{ label: 'Department', value: 'IT' },
						{ label: 'ExposeDateFilter', value: ['2026-03-01', '2026-04-30'] },
					],
				},
				output: [rows[0]],
			};
		},
	},
	{
		operation: 'report:export',
		required: {
			reportId: 'Report',
			exportType: 'Export Type',
			binaryPropertyName: 'Put Output File in Field',
		},
		idParameter: 'reportId',
		prepare({ nutrient: { reports } }) {
			const [{ sid }] = reports;
			return {
				parameters: {
					reportId: byId(sid),
					exportType: 'csv_utf8',
					binaryPropertyName: 'data',
					options: { start: 1, count: 1 },
				},
				request: {
					method: 'GET',
					path: `/api/reports/${sid}/export/data/csv_utf8`,
					query: { start: '1', count: '1' },
				},
				output: [
					{
						reportId: sid,
						exportType: 'csv_utf8',
						fileName: 'Open Purchases.csv',
						mimeType: 'text/csv',
						size: 57,
					},
				],
			};
		},
	},
	{
		operation: 'user:getCurrent',
		prepare: ({ nutrient }) => ({
			parameters: { options: { includePermissions: true } },
			request: {
				method: 'GET',
				path: '/api/user/current',
				query: { includePermissions: 'true' },
			},
			output: [
				{
					sid: nutrient.options.users[1].sid,
					userName: 'bob',
					firstName: 'Bob',
					lastName: 'Baker',
					email: 'bob@example.com',
				},
			],
		}),
	},
	{
		operation: 'user:get',
		required: { userId: 'User' },
		idParameter: 'userId',
		prepare({ nutrient }) {
			const { sid } = nutrient.options.users[0];
			return {
				parameters: { userId: byId(sid), options: { full: true } },
				request: { method: 'GET', path: `/api/user/${sid}/full`, query: {} },
				output: [expect.objectContaining({ sid, userName: 'ada', isActive: true })],
			};
		},
	},
	{
		operation: 'user:getAll',
		prepare: () => ({
			parameters: { limit: 2, filters: { search: 'example.com' }, options: { sort: 'userName' } },
			request: {
				method: 'GET',
				path: '/api/user/',
				query: { search: 'example.com', sort: 'userName', start: '0', count: '100' },
			},
			output: [
				expect.objectContaining({ userName: 'ada' }),
				expect.objectContaining({ userName: 'bob' }),
			],
		}),
	},
	{
		operation: 'user:create',
		user: 'ada',
		isWrite: true,
		required: { userData: 'User Data' },
		prepare: () => ({
			parameters: { userData: '{ "userName": "dora", "email": "dora@example.com" }' },
			request: {
				method: 'POST',
				path: '/api/user/',
				query: {},
				body: { userName: 'dora', email: 'dora@example.com' },
			},
			output: [
				{
					sid: expect.any(String) as string,
					userName: 'dora',
					firstName: '',
					lastName: '',
					email: 'dora@example.com',
				},
			],
		}),
	},
	{
		operation: 'user:update',
		user: 'ada',
		isWrite: true,
		required: { userId: 'User', userData: 'User Data' },
		idParameter: 'userId',
		prepare({ nutrient }) {
			const { sid } = nutrient.options.users[2];
			return {
				parameters: { userId: byId(sid), userData: { lastName: 'Chang' } },
				request: {
					method: 'PUT',
					path: `/api/user/${sid}`,
					query: {},
					body: { lastName: 'Chang' },
				},
				output: [expect.objectContaining({ sid, lastName: 'Chang' })],
			};
		},
	},
	{
		operation: 'file:upload',
		isWrite: true,
		required: { binaryPropertyName: 'Input Data Field Name' },
		prepare: () => ({
			parameters: { binaryPropertyName: 'data', options: { fileName: 'naïve "offer".png' } },
			files: {
				data: {
					data: Buffer.from([0, 255, 128, 13, 10, 45]).toString('base64'),
					mimeType: 'image/png',
					fileName: 'offer.png',
				},
			},
			request: { method: 'POST', path: '/api/files/temp/acme/upload', query: {} },
			output: [
				{
					sid: expect.any(String) as string,
					originalFilename: expect.stringMatching(/^naïve/) as string,
					size: 6,
				},
			],
		}),
	},
	{
		operation: 'file:download',
		required: { fileId: 'File ID', binaryPropertyName: 'Put Output File in Field' },
		idParameter: 'fileId',
		prepare(used) {
			const { instanceSid } = approvalOf(used);
			const bytes = Buffer.from([0, 255, 128]);
			const { sid } = used.nutrient.addFile(instanceSid, 'naïve.png', bytes, 'image/png');
			return {
				parameters: {
					fileId: sid,
					binaryPropertyName: 'data',
					options: { context: { values: { ownerType: 'instance', ownerSid: instanceSid } } },
				},
				request: {
					method: 'GET',
					path: `/api/files/${sid}/download`,
					query: { ownerType: 'instance', ownerSid: instanceSid },
				},
				output: [
					{
						link: `/api/files/${sid}/download`,
						fileName: 'naïve.png',
						mimeType: 'image/png',
						size: 3,
					},
				],
			};
		},
	},
];

import { randomUUID } from 'node:crypto';

import type { NutrientUser } from './options';
import type { RestCall } from './restCalls';

/** A task of a process's design. Type words as in the vendor's documentation of tasks. */
export interface ProcessTask {
	processTaskSid: string;
	name: string;
	taskType: 'form' | 'approval' | 'dataContainer' | 'restClient';
	/** Begins when a request is started. */
	isFirst: boolean;
	/** The task of the design after which this one begins by itself; none: a test begins it. */
	after?: string;
	/** Where the transition has a rule: the options of the task before that let this one begin. */
	ifChosen?: string[];
	/** Who gets it when it begins by itself; the requester where nobody is named. */
	recipients?: NutrientUser[];
	/** What a REST Client task sends. */
	call?: RestCall;
	/** Labels of an approval; the flag ends the task at once. */
	options?: Array<{ label: string; completesTask: boolean }>;
	/** Keys a data container takes, with their types. */
	fields?: Record<string, 'string' | 'numeric' | 'date'>;
}

export interface Process {
	sid: string;
	id: number;
	name: string;
	description: string;
	publishStatus: string;
	tasks: ProcessTask[];
}

/** A request: a running or ended process. */
export interface Instance {
	sid: string;
	id: number;
	name: string;
	processSid: string;
	/** `Started` is documented; `Completed` and `Cancelled` are assumptions. */
	state: string;
	/** Free text of the process's designer. */
	lastMilestone: string;
	lastMilestoneDate: string;
	initiatorSid: string;
	clientSid: string | null;
	parentSid: string | null;
	createdDate: string;
	data: Record<string, unknown>;
}

/** One assignee's copy of a task in a request: what approvals and completions name. */
export interface RecipientTask {
	recipientTaskSid: string;
	instanceTaskSid: string;
	processTaskSid: string;
	instanceSid: string;
	name: string;
	taskType: ProcessTask['taskType'];
	/** Words from the documentation's prose; their spelling on the wire is an assumption. */
	state: string;
	/** Null: a task of the system, which has no recipient. */
	recipientSid: string | null;
	createdDate: string;
	dueDate: string | null;
	completedDate: string | null;
	/** The label chosen. */
	decision: string | null;
	comments: string | null;
	data: Record<string, unknown>;
}

export interface Report {
	sid: string;
	name: string;
	/** Exposed filters: label and the column it compares. */
	filters: Array<{ label: string; column: string }>;
	rows: Array<Record<string, unknown>>;
}

export interface StoredFile {
	sid: string;
	fileName: string;
	mimeType: string;
	bytes: Buffer;
	/** Null: uploaded, but no value of a task yet. */
	instanceSid: string | null;
	createdDate: string;
}

export interface Store {
	processes: Process[];
	instances: Instance[];
	tasks: RecipientTask[];
	reports: Report[];
	files: StoredFile[];
}

const task = (
	name: string,
	taskType: ProcessTask['taskType'],
	more: Partial<ProcessTask> = {},
): ProcessTask => ({ processTaskSid: randomUUID(), name, taskType, isFirst: false, ...more });

/** A tenant with one process of three tasks, another of one, and two reports. */
export function createStore(): Store {
	return {
		processes: [
			{
				sid: randomUUID(),
				id: 101,
				name: 'Purchase Request',
				description: 'Asks for money',
				publishStatus: 'Production',
				tasks: [
					task('Request Form', 'form', { isFirst: true }),
					task('Manager Approval', 'approval', {
						options: [
							{ label: 'Approve', completesTask: false },
							{ label: 'Deny', completesTask: true },
							{ label: 'Re-work', completesTask: true },
						],
					}),
					task('Order Number', 'dataContainer', {
						fields: { orderNumber: 'string', amount: 'numeric', orderedAt: 'date' },
					}),
				],
			},
			{
				sid: randomUUID(),
				id: 102,
				name: 'Holiday Request',
				description: 'Asks for days off',
				publishStatus: 'Development',
				tasks: [task('Holiday Form', 'form', { isFirst: true })],
			},
		],
		instances: [],
		tasks: [],
		reports: [
			{
				sid: randomUUID(),
				name: 'Open Purchases',
				filters: [{ label: 'Department', column: 'department' }],
				rows: [
					{ request: 1001, department: 'IT', amount: 120.5, day: '2026-03-01' },
					{ request: 1002, department: 'Sales', amount: 80, day: '2026-03-20' },
					{ request: 1003, department: 'IT', amount: 7, day: '2026-04-02' },
				],
			},
			{ sid: randomUUID(), name: 'Empty Report', filters: [], rows: [] },
		],
		files: [],
	};
}

/** What an operation works on. Read any of these with `read.id`. */
import { locator } from '../shared/items/fields/locator';

export const processField = locator(
	'Process',
	'processId',
	'searchProcesses',
	'The process: the design that requests are started from',
	{ placeholder: 'e.g. 7d1c2a52-2b0e-4d8c-8a5e-3f5b0a9c1d10' },
);

export const requestField = locator(
	'Request',
	'requestId',
	'searchRequests',
	'The request: a process that was started. The list shows those the login started.',
	{ placeholder: 'e.g. 5a0f1d3e-9c1b-4a57-9c6e-0b2c8d7e6f21', hint: 'The SID, not the number' },
);

export const taskField = locator(
	'Task',
	'taskId',
	'searchTasks',
	"The assignee's own copy of a task. The list shows the open tasks of the login.",
	{ placeholder: 'e.g. 0c9d8e7f-1a2b-4c3d-9e8f-7a6b5c4d3e32', hint: 'The recipientTaskSid' },
);

export const reportField = locator('Report', 'reportId', 'searchReports', 'The report to run', {
	placeholder: 'e.g. 2f3e4d5c-6b7a-4f8e-9d0c-1b2a3f4e5d43',
});

export const userField = locator(
	'User',
	'userId',
	'searchUsers',
	'The user, in some of the vendor\'s texts "contact"',
	{ placeholder: 'e.g. 9e8d7c6b-5a4f-4e3d-8c2b-1a0f9e8d7c54' },
);

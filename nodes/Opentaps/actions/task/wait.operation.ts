import { waitOperation } from '../../../shared/gate/waitOperation';
import { waitDesk } from '../../waitDesk';

export const wait = waitOperation(waitDesk, {
	unknown: [
		'Done approves nothing: CRM2 knows no decision, so "approved" stays false. Only COMPLETED is done: any other word keeps waiting, also CANCELLED. CRM2 tells neither who completed a task nor when: what is first seen as done at the deadline does not count.',
		'There is no call for one task: each look lists the open ones, and completed ones for what is not among them.',
	],
});

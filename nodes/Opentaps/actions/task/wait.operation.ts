import { waitOperation } from '../../../shared/gate/waitOperation';
import { waitDesk } from '../../waitDesk';

export const wait = waitOperation(waitDesk, {
	unknown: [
		'Done approves nothing: CRM2 knows no decision, so "approved" stays false. Only COMPLETED is done: any other word keeps waiting, also CANCELLED. CRM2 tells neither who completed a task nor when: what is first seen as done at the deadline does not count.',
		'Each look lists the open tasks, and completed ones for what is not among them. It sees what the login\'s contact may see: a task that two looks on end do not find is "cancelled". Nothing calls n8n: an answer is seen at the next look, by default up to an hour later.',
	],
});

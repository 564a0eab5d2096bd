import { waitOperation } from '../../../shared/gate/waitOperation';
import { waitDesk } from '../../waitDesk';

export const wait = waitOperation(waitDesk, {
	unknown: [
		'Done approves nothing: a verified task was checked, not approved, so "approved" stays false. A task with a verifier is done when it was verified. One without is done when its state is Complete, Completed, Verified, Closed or Done. Cancelled, Obsolete and Deleted leave as "cancelled"; any other word keeps waiting. What is first seen as done at the deadline counts only where the list dates it.',
		'The API only reads: each look reads the whole list. One of the fields must be readable as the ID of a task; the option ID Field names it. The login must stay creator, assignee, verifier or collaborator of the task: one that two looks on end do not list is "cancelled". Nothing calls n8n: an answer is seen at the next look, by default up to an hour later.',
	],
});

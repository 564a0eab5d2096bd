import { waitOperation } from '../../../shared/gate/waitOperation';
import { waitDesk } from '../../waitDesk';

export const wait = waitOperation(waitDesk, {
	unknown: [
		'Done approves nothing: a verified task was checked, not approved, so "approved" stays false. A task with a verifier is done when it was verified. One without is done when its state is Complete, Completed, Verified, Closed or Done. Any other word keeps waiting. What is first seen as done at the deadline counts only where the list dates it.',
		'The API only reads and has no call for one task: each look reads the whole list. A task can be waited for where one of its fields can be read as its ID; the option ID Field names it.',
	],
});

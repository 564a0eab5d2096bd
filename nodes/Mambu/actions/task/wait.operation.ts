import { waitOperation } from '../../../shared/gate/waitOperation';
import { waitDesk } from '../../waitDesk';

export const wait = waitOperation(waitDesk, {
	unknown: [
		'Done approves nothing: Mambu knows no approval, so "approved" stays false. It knows no "no" either: the task for a loan that was refused is completed as well. Its tasks do not tell who completed them, and in API V2 not when: there, what is first seen as done at the limit does not count. The option Who Completed It reads both from the activity feed, which is part of API V1 and may be refused.',
		'A task that is given to a colleague counts as edited: to let it count, choose When Edited: Accept. The login sees only tasks of its branch and rights: one that is lost from sight is "cancelled". Nothing calls n8n: an answer is seen at the next look, by default up to an hour later.',
	],
});

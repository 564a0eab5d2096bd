import { waitOperation } from '../../../shared/gate/waitOperation';
import { waitDesk } from '../../waitDesk';

export const wait = waitOperation(waitDesk, {
	unknown: [
		'Done approves nothing: Mambu knows no approval, so "approved" stays false. Its tasks do not tell who completed them, and in API V2 not when: turn on the option Who Completed It to read that from the activity feed.',
	],
});

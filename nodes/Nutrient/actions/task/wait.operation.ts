import { waitOperation } from '../../../shared/gate/waitOperation';
import { taskDesk } from '../../taskDesk';

export const wait = waitOperation(taskDesk, {
	unknown: [
		'Nutrient tells no decision, only the name of the option that was chosen: two lists of words say what it means. Any other option keeps waiting, also Re-work, after which the process may ask anew: wait for the request then. Where Nutrient shows only the names of people, requester and approver cannot be compared.',
	],
});

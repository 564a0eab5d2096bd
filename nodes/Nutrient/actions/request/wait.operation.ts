import { waitOperation } from '../../../shared/gate/waitOperation';
import { requestDesk } from '../../requestDesk';

export const wait = waitOperation(requestDesk, {
	kind: 'requests',
	unknown: [
		'Nutrient tells no decision, only the options that people chose: the two lists of words below say what they mean. One rejection rejects. Approved is a request that has ended, or whose approval named under Task Name has, when everybody approved who could choose, in the last round: whose time ran out, or whose copy was called off, is not counted. One that has ended without any approval is "done", by No Decision.',
		'The login must see all tasks of the request, as its requester or a manager of the process does: what it does not see does not count. That an approval is given to somebody else is not seen as an edit. Where Nutrient shows only the names of people, requester and approver cannot be compared.',
	],
});

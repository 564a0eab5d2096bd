/** How a wait looks at tasks of CRM2, which are done or not, and approve nothing. */
import type { WaitDesk } from '../shared/gate/desk';
import { isTask, type Sight } from '../shared/gate/sight';
import { tellWaiting } from '../shared/gate/tellWaiting';
import { taskSite } from './api';
import { taskIdField } from './fields';
import { findTasks } from './listTasks';
import { COMPLETED, OPEN, toTask } from './task';
import { whyWaiting } from './whyWaiting';

/** Most tasks are open; some are completed; a few have a word of the domain's own. What a list without a status holds is not documented. */
const IN_TURN = [OPEN, [COMPLETED], []];

/** There is no call for one task. A list is read only for what those before did not have. */
export const waitDesk: WaitDesk = {
	decides: false,
	fields: [taskIdField],
	asked: (read) => ({ id: read.id(taskIdField) }),
	async look(context, asked) {
		const site = await taskSite(context);
		const found = new Map<string, Sight>();
		const wanted = new Set(asked.map(({ id }) => id));
		for (const statuses of IN_TURN) {
			if (wanted.size === 0) break;
			for (const [id, raw] of await findTasks(context, statuses, wanted)) {
				found.set(id, toTask(raw, site));
				wanted.delete(id);
			}
		}
		const sights = asked.map(({ id }) => found.get(id) ?? 'missing');
		tellWaiting(context, sights.filter(isTask).flatMap(whyWaiting));
		return { how: 'lists', sights };
	},
};

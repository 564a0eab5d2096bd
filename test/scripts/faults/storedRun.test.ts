import { stringify } from 'flatted';
import type { INodeExecutionData } from 'n8n-workflow';

import { itemsOf } from '../../../scripts/faults/storedRun';

const task: INodeExecutionData = { json: { id: 'a' } };
/** What n8n writes of a node that had ended when it was killed. */
const madeUp = { json: { isArtificialRecoveredEventItem: true } } as INodeExecutionData;

const stored = (ran: INodeExecutionData[] | null, begun: INodeExecutionData[] | null) => ({
	data: stringify({
		resultData: { runData: ran ? { Trigger: [{ data: { main: [ran] } }] } : {} },
		executionData: { nodeExecutionStack: begun ? [{ data: { main: [begun] } }] : [] },
	}),
});

it.each([
	['has ended', stored([task], null)],
	['was killed before its first node had ended', stored(null, [task])],
	['was killed after its first node had ended', stored([madeUp], [task])],
])('finds what a run began with that %s', (_, run) => expect(itemsOf(run)).toEqual([task]));

it.each([
	['n8n has kept nothing', { data: null }],
	['n8n has put an error in the place of its data', stored(null, null)],
	['n8n has kept an item of its own making only', stored([madeUp], null)],
])('finds nothing when %s', (_, run) => expect(itemsOf(run)).toEqual([]));

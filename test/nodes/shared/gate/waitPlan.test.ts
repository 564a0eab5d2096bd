import type { IExecuteFunctions, INode } from 'n8n-workflow';

// n8n before 2.39 is known by what its n8n-workflow does not export
jest.mock('n8n-workflow', () => {
	const newer = jest.requireActual<Record<string, unknown>>('n8n-workflow');
	return Object.fromEntries(
		Object.entries(newer).filter(([name]) => name !== 'checkNodesApiVersion'),
	);
});

import * as oldHost from 'n8n-workflow';

import { readWaitPlan } from '../../../../nodes/shared/gate/waitPlan';

const node: INode = {
	...{ id: '1', name: 'Ask', type: 'n8n-nodes-task-approvals.appmixer', typeVersion: 1 },
	...{ position: [0, 0], parameters: {} },
};

function contextOf(type: string, parameters: Record<string, unknown>): IExecuteFunctions {
	return {
		getNode: () => ({ ...node, type }),
		getNodeParameter: (name: string, _item: number, fallback: unknown) =>
			parameters[name] ?? fallback,
		getWorkflowSettings: () => ({}),
		addExecutionHints: () => {},
	} as unknown as IExecuteFunctions;
}

describe('on n8n before 2.39', () => {
	beforeAll(() => expect('checkNodesApiVersion' in oldHost).toBe(false));

	it('W19: refuses one output per decision', () => {
		expect(() => readWaitPlan(contextOf(node.type, { outputs: 'perDecision' }))).toThrow(
			'One output per decision needs n8n 2.39 or newer',
		);
	});

	it('W19: takes a single output', () => {
		expect(readWaitPlan(contextOf(node.type, { outputs: 'single' })).outputs).toBe('single');
	});

	it('W18: takes a single output for the human-review tool, whatever is set', () => {
		const context = contextOf(`${node.type}HitlTool`, { outputs: 'perDecision' });
		expect(readWaitPlan(context).outputs).toBe('single');
	});
});

import {
	NodeHelpers,
	Workflow,
	type INodeParameters,
	type INodeTypeDescription,
	type INodeTypes,
} from 'n8n-workflow';

import { sharedN8n } from './sharedN8n';

const PACKAGE = 'n8n-nodes-task-approvals';
let types: INodeTypeDescription[];
beforeAll(async () => void (types = await (await sharedN8n()).rest.nodeTypes()), 60_000);

function type(name: string): INodeTypeDescription {
	const found = types.find((one) => one.name === `${PACKAGE}.${name}`);
	if (found) return found;
	throw new Error(`n8n offers no node ${name}`);
}

/** Every field with this name, whichever operation it belongs to. */
const fields = (node: string, name: string) =>
	type(node).properties.filter((property) => property.name === name);

/** The names of the outputs the editor draws; one without a name is "main". */
function outputs(parameters: INodeParameters, typeVersion = 1): string[] {
	const description = type('appmixer');
	const nodeTypes = { getByNameAndVersion: () => ({ description }) } as unknown as INodeTypes;
	const node = {
		...{ id: '1', name: 'Ask', type: description.name, typeVersion },
		...{ position: [0, 0] as [number, number], parameters },
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return NodeHelpers.getNodeOutputs(workflow, node, description).map((output) =>
		typeof output === 'string' ? output : (output.displayName ?? output.type),
	);
}

it('draws No Decision, Approved and Rejected, in this order, for a wait with one output per decision', () => {
	const wait = { resource: 'task', operation: 'sendAndWait' };
	expect(outputs({ ...wait, outputs: 'perDecision' })).toEqual([
		'No Decision',
		'Approved',
		'Rejected',
	]);
	expect(outputs({ ...wait, outputs: 'single' })).toEqual(['main']);
	expect(outputs(wait)).toEqual(['main']);
	expect(outputs({ ...wait, outputs: 'single' }, 1.1)).toEqual(['main']);
	expect(outputs(wait, 1.1)).toEqual(['No Decision', 'Approved', 'Rejected']);
	expect(outputs({ resource: 'task', operation: 'get', outputs: 'perDecision' })).toEqual(['main']);
});

it('W7: Outputs and When Due take no expressions, which would be read from another item at the end', () => {
	for (const name of ['outputs', 'whenDue']) {
		const known = fields('appmixer', name).map(({ noDataExpression }) => noDataExpression);
		expect(new Set(known)).toEqual(new Set([true]));
	}
});

it('W16: the wait is limited to seven days by default', () => {
	const defaults = ['limitWaitTime', 'limitType', 'resumeAmount', 'resumeUnit'].map((name) =>
		// of both gates
		[...new Set(fields('appmixer', name).map((field) => field.default))],
	);
	expect(defaults).toEqual([[true], ['afterTimeInterval'], [7], ['days']]);
});

it('W20: both webhooks answer no data', () => {
	expect(type('appmixer').webhooks?.map(({ responseData }) => responseData)).toEqual(['noData']);
	expect(type('appmixerTrigger').webhooks?.map(({ responseData }) => responseData)).toEqual([
		'noData',
	]);
});

it('W18: the human-review tool is offered, with a single output for agents', () => {
	const { outputs: drawn, inputs } = type('appmixerHitlTool');
	expect(drawn).toEqual([
		expect.objectContaining({ type: 'ai_tool', displayName: 'Human review' }),
	]);
	expect(inputs).toEqual([expect.objectContaining({ type: 'ai_tool', displayName: 'Tool' })]);
	const operations = fields('appmixerHitlTool', 'operation');
	expect(new Set(operations.map((field) => field.default))).toEqual(new Set(['sendAndWait']));
	expect(fields('appmixerHitlTool', 'resource').map((field) => field.default)).toEqual(['task']);
});

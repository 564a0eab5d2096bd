import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { gateOutputs, gateSubtitle, waitingTooltip } from '../shared/gate/outputs';
import { actionNode } from '../shared/items/resource';
import { runOperations } from '../shared/items/runOperations';
import { task } from './actions/task';
import { searchTasks } from './searchTasks';
import { searchUsers } from './users';

const RESOURCES = [task];

export class Mambu implements INodeType {
	description: INodeTypeDescription = {
		...actionNode('mambu', 'Mambu', RESOURCES, 'task'),
		icon: { light: 'file:mambu.svg', dark: 'file:mambu.dark.svg' },
		subtitle: gateSubtitle('done'),
		description: 'Create, read, complete and delete tasks in Mambu',
		usableAsTool: true,
		outputs: gateOutputs('done'),
		waitingNodeTooltip: waitingTooltip,
	};

	methods = { listSearch: { searchTasks, searchUsers } };

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, RESOURCES);
	}
}

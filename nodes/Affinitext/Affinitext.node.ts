import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { gateOutputs, gateSubtitle, waitingTooltip } from '../shared/gate/outputs';
import { actionNode } from '../shared/items/resource';
import { runOperations } from '../shared/items/runOperations';
import { task } from './actions/task';
import { searchTasks } from './searchTasks';

const RESOURCES = [task];

export class Affinitext implements INodeType {
	description: INodeTypeDescription = {
		...actionNode('affinitext', 'Affinitext', RESOURCES, 'task'),
		icon: { light: 'file:affinitext.svg', dark: 'file:affinitext.dark.svg' },
		subtitle: gateSubtitle('done'),
		description: 'Read tasks from an Affinitext library',
		usableAsTool: true,
		outputs: gateOutputs('done'),
		waitingNodeTooltip: waitingTooltip,
	};

	methods = { listSearch: { searchTasks } };

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, RESOURCES);
	}
}

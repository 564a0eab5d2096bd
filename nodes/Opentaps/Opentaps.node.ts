import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { gateOutputs, gateSubtitle, waitingTooltip } from '../shared/gate/outputs';
import { actionNode } from '../shared/items/resource';
import { runOperations } from '../shared/items/runOperations';
import { activity } from './actions/activity';
import { tag } from './actions/tag';
import { task } from './actions/task';
import { user } from './actions/user';
import {
	searchActivities,
	searchActivityTypes,
	searchContacts,
	searchTags,
	searchTasks,
} from './searchLists';

const RESOURCES = [activity, tag, task, user];

export class Opentaps implements INodeType {
	description: INodeTypeDescription = {
		...actionNode('opentaps', 'opentaps CRM2', RESOURCES, 'task'),
		icon: { light: 'file:opentaps.svg', dark: 'file:opentaps.dark.svg' },
		subtitle: gateSubtitle('done'),
		description: 'Work with activities, tasks and tags in opentaps CRM2',
		usableAsTool: true,
		outputs: gateOutputs('done'),
		waitingNodeTooltip: waitingTooltip,
	};

	methods = {
		listSearch: {
			searchActivities,
			searchActivityTypes,
			searchContacts,
			searchTags,
			searchTasks,
		},
	};

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, RESOURCES);
	}
}

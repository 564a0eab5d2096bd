import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { Login, TEST_PATH } from '../nodes/Nutrient/login';
import { SESSION_TOKEN } from '../nodes/shared/http/createLogin';

/** Attaches a token, given or got for a key. */
export class NutrientApi extends Login implements ICredentialType {
	name = 'nutrientApi';

	displayName = 'Nutrient Workflow API';

	documentationUrl =
		'https://github.com/n8n-nodes-task-approvals/n8n-nodes-task-approvals#nutrient';

	icon: Icon = {
		light: 'file:../nodes/Nutrient/nutrient.svg',
		dark: 'file:../nodes/Nutrient/nutrient.dark.svg',
	};

	properties: INodeProperties[] = [
		SESSION_TOKEN,
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://acme.on-nutrient.io',
			description: 'The HostHeader under Settings > System Settings. A pasted path is ignored.',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'API Key', value: 'apiKey', description: 'Version 8 and newer' },
				{
					name: 'Legacy Impersonation',
					value: 'legacy',
					description: 'An application key of version 6 or 7',
				},
				{ name: 'Token', value: 'token', description: 'A token you got elsewhere' },
			],
			default: 'apiKey',
			description: 'Whose token it is decides which tasks are seen, and who approves',
		},
		{
			displayName: 'Tenant ID',
			name: 'tenantId',
			type: 'string',
			default: '',
			placeholder: 'e.g. acme',
			description: 'The ID under Settings > System Settings. File uploads need it too.',
		},
		{
			displayName: 'Key Type',
			name: 'keyType',
			type: 'options',
			options: [
				{ name: 'Personal', value: 'personal', description: 'Acts as its owner; version 8.11' },
				{ name: 'System', value: 'system', description: 'Acts as the user named below' },
			],
			default: 'system',
			displayOptions: { show: { authentication: ['apiKey'] } },
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'The Private Key under Settings > API Keys, or the legacy application key',
			displayOptions: { show: { authentication: ['apiKey', 'legacy'] } },
		},
		{
			displayName: 'User Name',
			name: 'userName',
			type: 'string',
			default: '',
			placeholder: 'e.g. ada',
			description:
				'The user to act as. Nutrient lets only the assignee of a task approve or complete it.',
			displayOptions: {
				show: { authentication: ['apiKey', 'legacy'] },
				hide: { keyType: ['personal'] },
			},
		},
		{
			displayName: 'Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Cannot be renewed by n8n when it ends',
			displayOptions: { show: { authentication: ['token'] } },
		},
	];

	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.baseUrl.trim().replace(/^(?!https?:\\/\\/)/i, "https://").replace(/^(https?:\\/\\/[^\\/?#]+).*$/i, "$1") }}',
			url: TEST_PATH,
			disableFollowRedirect: true,
		},
	};
}

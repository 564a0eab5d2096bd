import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { Login, TEST_PATH } from '../nodes/Mambu/login';
import { SESSION_TOKEN } from '../nodes/shared/http/createLogin';

/** Attaches a key, or a user name and password, and the API's version. */
export class MambuApi extends Login implements ICredentialType {
	name = 'mambuApi';

	displayName = 'Mambu API';

	documentationUrl = 'https://github.com/n8n-nodes-task-approvals/n8n-nodes-task-approvals#mambu';

	icon: Icon = {
		light: 'file:../nodes/Mambu/mambu.svg',
		dark: 'file:../nodes/Mambu/mambu.dark.svg',
	};

	properties: INodeProperties[] = [
		SESSION_TOKEN,
		{
			displayName: 'Tenant',
			name: 'tenant',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. acme.mambu.com',
			description:
				'Host or URL of the tenant. A bare name is completed: acme becomes acme.mambu.com, acme.sandbox becomes acme.sandbox.mambu.com.',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'API Key', value: 'apiKey' },
				{ name: 'Basic', value: 'basic' },
			],
			default: 'apiKey',
			description:
				'Whose rights these are decides which tasks are visible: a user limited to a branch sees only the tasks of that branch',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'A key of an API consumer, from Administration → Access → API Consumers',
			displayOptions: { show: { authentication: ['apiKey'] } },
		},
		{
			displayName: 'User Name',
			name: 'username',
			type: 'string',
			default: '',
			placeholder: 'e.g. automation',
			description: 'A Mambu user with API access rights',
			displayOptions: { show: { authentication: ['basic'] } },
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { authentication: ['basic'] } },
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'options',
			options: [
				{ name: 'V2', value: 'v2', description: 'The current API' },
				{
					name: 'V1',
					value: 'v1',
					description: 'The API of 2018; Mambu has been switching it off since 2025',
				},
			],
			default: 'v2',
			description: 'Which version of the Tasks API the tenant is asked for',
		},
	];

	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.tenant.trim().replace(/[?#].*$/, "").replace(/\\/+$/, "").replace(/\\/api$/i, "").replace(/^([a-z0-9-]+(\\.sandbox)?)$/i, "$1.mambu.com").replace(/^(?!https?:\\/\\/)/i, "https://") }}',
			url: TEST_PATH,
			qs: { limit: 1 },
			disableFollowRedirect: true,
		},
	};
}

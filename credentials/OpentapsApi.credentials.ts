import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { Login, TEST_PATH } from '../nodes/Opentaps/login';
import { SESSION_TOKEN } from '../nodes/shared/http/createLogin';

/** Attaches the Auth Token, or a temporary one, and the Client Domain. */
export class OpentapsApi extends Login implements ICredentialType {
	name = 'opentapsApi';

	displayName = 'Opentaps CRM2 API';

	documentationUrl =
		'https://github.com/n8n-nodes-task-approvals/n8n-nodes-task-approvals#opentaps';

	icon: Icon = {
		light: 'file:../nodes/Opentaps/opentaps.svg',
		dark: 'file:../nodes/Opentaps/opentaps.dark.svg',
	};

	properties: INodeProperties[] = [
		SESSION_TOKEN,
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://crm2.opentaps.com',
			description: 'Address of your CRM2, as in the address bar, without what follows the host',
		},
		{
			displayName: 'Client Domain',
			name: 'clientDomain',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. example.com',
			description: 'The domain of your company in CRM2',
		},
		{
			displayName: 'Auth Token',
			name: 'authToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'In the sign-up email, and in CRM2 under the cog wheel, My Account',
		},
		{
			displayName: 'Use Temporary Token',
			name: 'useTemporary',
			type: 'boolean',
			default: false,
			description:
				'Whether to exchange the Auth Token, which is as good as a password, for one that ends after an hour, and send only that',
		},
		{
			displayName: 'OAuth Base URL',
			name: 'oauthBaseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://crm2.opentaps.com/oauth',
			description: 'Where tokens are exchanged; /oauth below the Base URL when empty',
			displayOptions: { show: { useTemporary: [true] } },
		},
	];

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}',
			url: TEST_PATH,
			disableFollowRedirect: true,
		},
	};
}

import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { Login, TEST_PATH } from '../nodes/Appmixer/login';
import { SESSION_TOKEN } from '../nodes/shared/http/createLogin';

/** Attaches a token, given or got by logging in. */
export class AppmixerApi extends Login implements ICredentialType {
	name = 'appmixerApi';

	displayName = 'Appmixer API';

	documentationUrl =
		'https://github.com/n8n-nodes-task-approvals/n8n-nodes-task-approvals#appmixer';

	icon: Icon = {
		light: 'file:../nodes/Appmixer/appmixer.svg',
		dark: 'file:../nodes/Appmixer/appmixer.dark.svg',
	};

	properties: INodeProperties[] = [
		SESSION_TOKEN,
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://api.your-tenant.appmixer.cloud',
			description: 'Address of the Appmixer API, as in the URL of your tenant with "api." in front',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'Access Token', value: 'accessToken' },
				{ name: 'Login', value: 'login' },
			],
			default: 'accessToken',
			description:
				'Whose login this is decides which tasks are visible: those where its e-mail is approver or requester',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'A token from POST /user/auth. It ends by itself, after 30 days as a rule.',
			displayOptions: { show: { authentication: ['accessToken'] } },
		},
		{
			displayName: 'User Name or E-Mail',
			name: 'username',
			type: 'string',
			default: '',
			placeholder: 'e.g. approvals@example.com',
			displayOptions: { show: { authentication: ['login'] } },
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { authentication: ['login'] } },
		},
		{
			displayName: 'API Path',
			name: 'apiPath',
			type: 'options',
			options: [
				{ name: 'Auto', value: 'auto', description: 'Ask the server once per run' },
				{ name: 'Plugin', value: 'plugin', description: 'Appmixer 5.1 and newer' },
				{ name: 'Legacy', value: 'legacy', description: 'The documented /people-task path' },
			],
			default: 'auto',
			description: 'Under which path People Task answers',
		},
		{
			displayName: 'Callback Secret',
			name: 'callbackSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			hint: 'Optional. Any long random text of your own.',
			description:
				'Signs the callbacks that Appmixer sends to n8n. Needed for "Notify Webhook URL" when creating a task, and the same in every credential whose tasks one trigger watches.',
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

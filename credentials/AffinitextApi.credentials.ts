import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { Login, TEST_PATH } from '../nodes/Affinitext/login';
import { SESSION_TOKEN } from '../nodes/shared/http/createLogin';

/** Attaches the bearer token of a Task API User. */
export class AffinitextApi extends Login implements ICredentialType {
	name = 'affinitextApi';

	displayName = 'Affinitext API';

	documentationUrl =
		'https://github.com/n8n-nodes-task-approvals/n8n-nodes-task-approvals#affinitext';

	icon: Icon = {
		light: 'file:../nodes/Affinitext/affinitext.svg',
		dark: 'file:../nodes/Affinitext/affinitext.dark.svg',
	};

	properties: INodeProperties[] = [
		SESSION_TOKEN,
		{
			displayName: 'Library',
			name: 'library',
			type: 'string',
			default: '',
			placeholder: 'e.g. acme',
			description:
				'Sub-domain of the library: acme of acme.affinitext.com. The address of any page of the library will do.',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Bearer token of a Task API User, from My Profile in the library. A new one probably ends the old one.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://proxy.example.com/affinitext',
			description:
				'Where to send requests, and the token with them, instead of the library. For a proxy or a test; leave it empty otherwise.',
		},
	];

	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.baseUrl ? $credentials.baseUrl.trim().replace(/\\/+$/, "").replace(/\\/api(\\/tasks)?$/i, "") : "https://" + $credentials.library.trim().replace(/^https?:\\/\\//i, "").replace(/[\\/?#].*$/, "").replace(/\\.affinitext\\.com$/i, "").toLowerCase() + ".affinitext.com" }}',
			url: TEST_PATH,
			headers: { Accept: 'application/json' },
			disableFollowRedirect: true,
		},
	};
}

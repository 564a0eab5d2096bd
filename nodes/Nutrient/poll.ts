import type { IPollFunctions } from 'n8n-workflow';

import { choiceField } from '../shared/items/fields/makeField';
import { loginOf } from '../shared/trigger/loginOf';
import { pollOnce } from '../shared/trigger/pollOnce';
import { readPolling } from '../shared/trigger/pollRequest';
import { pollTasks } from '../shared/trigger/pollTasks';
import { CREDENTIAL } from './api';
import { watchRequests } from './watchRequests';
import { watchTasks } from './watchTasks';

export const watchField = choiceField('Watch', 'watch', 'tasks', {
	description: 'What to look at',
	choices: {
		'My Tasks': ['tasks', 'What the user has to do'],
		'Requests Started by Me': ['requests', 'What became of the requests that the user started'],
	},
});

/** One tick over the login's open tasks, or the open requests it started. What has left the list is looked up. */
export const pollNutrient = async (context: IPollFunctions) => await pollOnce(context, poll);

async function poll(context: IPollFunctions) {
	const { fields, events, rawOutput } = readPolling(context);
	const filters = fields.within('filters');
	const isTasks = fields.choice(watchField) === 'tasks';
	const watched = isTasks
		? watchTasks(context, filters, events, fields)
		: watchRequests(context, filters, events);
	const login = await readLogin(context);
	return await pollTasks(context, { login, events, rawOutput, ...watched });
}

async function readLogin(context: IPollFunctions): Promise<string> {
	const credentials = await context.getCredentials(CREDENTIAL);
	const { authentication, keyType, tenantId, userName, apiKey, accessToken } = credentials;
	const isPersonal = authentication === 'apiKey' && keyType === 'personal';
	const who = authentication === 'token' ? accessToken : isPersonal ? apiKey : userName;
	return loginOf(credentials.baseUrl, tenantId, who);
}

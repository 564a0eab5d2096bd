/** Every polling trigger, and how to decide something it polls. */
import type { INodeParameters } from 'n8n-workflow';

import { ADA, type Sandbox } from '../../sandbox';
import { affinitextTrigger } from '../e2e/vendors/affinitextTrigger';
import { mambuTrigger } from '../e2e/vendors/mambuTrigger';
import { nutrientTrigger } from '../e2e/vendors/nutrientTrigger';
import { opentapsTrigger } from '../e2e/vendors/opentapsTrigger';
import type { Json } from '../../scripts/n8n/session';

export interface PolledVendor {
	name: string;
	node: string;
	credentialType: string;
	open(sandbox: Sandbox): {
		credential: Json;
		parameters: INodeParameters;
		/** Stores something open; `decide` brings the event. */
		add(): { id: string; decide(): void };
	};
}

const HOURS_AHEAD = 1000;
const later = () => new Date(Date.now() + HOURS_AHEAD * 3_600_000);

/** What the end-to-end tests poll with, told of completed tasks only. */
function vendor(
	[row]: typeof mambuTrigger,
	add: (sandbox: Sandbox) => { id: string; decide(): void },
): PolledVendor {
	const { name, node, credentialType } = row;
	return {
		...{ name, node, credentialType },
		open(sandbox) {
			const { credential, parameters } = row.open(sandbox);
			return {
				credential,
				parameters: { ...parameters, events: ['completed'] },
				add: () => add(sandbox),
			};
		},
	};
}

const ofName = (rows: typeof mambuTrigger, name: string) => rows.filter((row) => row.name === name);

export const POLLED: PolledVendor[] = [
	{
		...{ name: 'Appmixer', node: 'appmixerPollingTrigger', credentialType: 'appmixerApi' },
		open: ({ url, appmixer }) => ({
			credential: { baseUrl: url, accessToken: ADA.accessToken, apiPath: 'plugin' },
			parameters: { events: ['approved'] },
			add() {
				const { taskId } = appmixer.createTask({ decisionBy: later() });
				return { id: taskId, decide: () => void appmixer.approve(taskId) };
			},
		}),
	},
	vendor(affinitextTrigger, ({ affinitext }) => {
		const task = affinitext.add({ subject: 'polled', targetDate: later() });
		return { id: String(task.number), decide: () => affinitext.complete(task) };
	}),
	vendor(ofName(mambuTrigger, 'Mambu V2'), ({ mambu }) => {
		const task = mambu.createTask({ title: 'polled', dueDate: later() });
		return { id: task.encodedKey, decide: () => mambu.complete(task) };
	}),
	vendor(ofName(nutrientTrigger, 'Nutrient, tasks'), ({ nutrient }) => {
		const task = nutrient.createApproval({ dueDate: later().toISOString() });
		const decide = () => void nutrient.workflow.decide(task, 'Approve', '');
		return { id: task.recipientTaskSid, decide };
	}),
	vendor(ofName(opentapsTrigger, 'opentaps, tasks'), ({ opentaps }) => {
		const scheduledDateTime = later().toISOString();
		const fields = { status: 'CREATED', activityType: 'TASK', scheduledDateTime };
		const task = opentaps.createTask({ fields });
		return { id: task.id, decide: () => void (task.fields.status = 'COMPLETED') };
	}),
];

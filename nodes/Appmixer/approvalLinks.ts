import type { IDataObject } from 'n8n-workflow';

import { dashboardUrl, type AppmixerApi } from './api';
import type { AppmixerTask } from './task';
import { idOf } from './task';

/**
 * The secrets, and the links Appmixer's own e-mail component builds from them:
 * `<dashboard>?taskId=…&action=approve|reject&secret=…`. `links` is `null` when the tenant has no dashboard.
 */
export async function approvalLinks(api: AppmixerApi, raw: AppmixerTask): Promise<IDataObject> {
	const { approverSecret = null, requesterSecret = null } = raw;
	return { approverSecret, requesterSecret, links: linksTo(await safeDashboard(api), raw) };
}

function linksTo(dashboard: string | null, raw: AppmixerTask): IDataObject | null {
	if (!dashboard) return null;
	const link = (parameters: Record<string, string>) => {
		const url = new URL(dashboard);
		for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
		return url.href;
	};
	const { approverSecret = '', requesterSecret = '' } = raw;
	const decide = (action: string) => link({ taskId: idOf(raw), action, secret: approverSecret });
	return {
		approve: decide('approve'),
		reject: decide('reject'),
		approverTasks: link({ secret: approverSecret, role: 'approver' }),
		requesterTasks: link({ secret: requesterSecret, role: 'requester' }),
	};
}

/** The task exists by now: a dashboard that cannot be asked must not look like a task that was not made. */
async function safeDashboard(api: AppmixerApi): Promise<string | null> {
	try {
		const url = await dashboardUrl(api);
		return url && URL.canParse(url) ? url : null;
	} catch (error) {
		api.context.logger.warn(`Appmixer dashboard URL not read: ${(error as Error).message}`);
		return null;
	}
}

/** Refuses a task whose approver is its requester, unless Requester May Approve is on. Nodes of version 1 refuse none. */
import type { INode, INodeProperties, NodeOperationError } from 'n8n-workflow';

import { guarded, isGuarded } from '../shared/gate/nodeVersion';
import { ownApproval, ownApprovalField } from '../shared/gate/ownApproval';
import { fieldError } from '../shared/http/nodeErrors';
import type { ItemFields } from '../shared/items/fields/fieldReader';
import { findTask, type AppmixerApi } from './api';
import { toTask, type AppmixerTask } from './task';

/** Among the options of what asks or approves. */
export const mayApproveOption: INodeProperties = guarded(ownApprovalField);

/** Whether this item's task may have one person as requester and approver. */
export const requesterMayApprove = (node: INode, read: ItemFields): boolean =>
	!isGuarded(node) || read.options().isOn(ownApprovalField);

/** The refusal of a task, or of what one is made of; `null` when its people are two. @param words as of `ownApproval` */
export function ownApprovalOf(
	node: INode,
	raw: AppmixerTask,
	itemIndex: number,
	words?: string,
): NodeOperationError | null {
	const { requester, assignee } = toTask(raw);
	return ownApproval(node, requester, assignee, itemIndex, words);
}

/**
 * Looks at a task before it is approved. The login may be its approver though the secret is wrong, and then Appmixer
 * approves: one that is not seen is not approved.
 */
export async function refuseOwnApproval(
	api: AppmixerApi,
	taskId: string,
	secret: string | undefined,
	itemIndex: number,
): Promise<void> {
	const node = api.context.getNode();
	const task =
		(secret ? await findTask(api, taskId, secret) : null) ?? (await findTask(api, taskId));
	const refusal = task
		? ownApprovalOf(node, task, itemIndex)
		: fieldError(
				node,
				`Task ${taskId} cannot be read, so it is not known whether its requester is its approver`,
				'Check the Task ID and the Approver Secret.',
				itemIndex,
			);
	if (refusal) throw refusal;
}

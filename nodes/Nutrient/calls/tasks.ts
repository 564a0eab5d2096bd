import type { IDataObject } from 'n8n-workflow';

import type { ApiContext } from '../../shared/http/transport';
import { act, notTheApi, segment, send } from '../api';
import { isRecord } from '../readWire';

/** How a decision is sent; only the body of the v7 path has been seen. */
export type DecisionContract = 'legacyParameter' | 'noParameter' | 'legacyPath';

const approvalPath = (taskId: string, contract: DecisionContract) =>
	`${contract === 'legacyPath' ? '' : '/api/instance'}/tasktypes/approval/${segment(taskId)}`;

/** The configuration of an approval, in whatever shape. */
export async function readApproval(
	context: ApiContext,
	taskId: string,
	contract: DecisionContract = 'noParameter',
): Promise<object> {
	const path = approvalPath(taskId, contract);
	const action = `read the options of task ${taskId}`;
	const { body } = await send(context, { method: 'GET', path, action });
	if (typeof body === 'object' && body !== null) return body;
	throw notTheApi(context, action);
}

export const decideTask = (
	context: ApiContext,
	taskId: string,
	contract: DecisionContract,
	body: IDataObject,
) =>
	act(context, {
		method: 'POST',
		path: approvalPath(taskId, contract),
		action: `decide task ${taskId}`,
		qs: contract === 'legacyParameter' ? { legacy: true } : {},
		body,
	});

export const completeForm = (context: ApiContext, id: string, qs: IDataObject, body: IDataObject) =>
	act(context, {
		method: 'POST',
		path: `/api/instance/tasktypes/form/${segment(id)}`,
		action: `complete the form of task ${id}`,
		qs,
		body,
	});

const containerPath = (id: string) => `/api/instance/tasktypes/dataContainer/${segment(id)}`;

/** The keys a data container takes; `null` when the answer does not tell. */
export async function readContainerKeys(context: ApiContext, id: string): Promise<string[] | null> {
	const action = `read the fields of task ${id}`;
	const { body } = await send(context, { method: 'GET', path: containerPath(id), action });
	const fields = isRecord(body) ? body.field_configuration : null;
	if (!Array.isArray(fields) || !fields.every(isRecord)) return null;
	const keys = fields.map(({ key }) => key);
	return keys.every((key) => typeof key === 'string') ? keys : null;
}

export const completeContainer = (
	context: ApiContext,
	id: string,
	qs: IDataObject,
	body: IDataObject,
) =>
	act(context, {
		method: 'POST',
		path: containerPath(id),
		action: `complete the data container of task ${id}`,
		qs,
		body,
	});

export const reassignTask = (context: ApiContext, taskId: string, userId: string) =>
	act(context, {
		method: 'GET',
		path: `/api/instance/task/recipientTask/${segment(taskId)}/reassign/${segment(userId)}`,
		action: `reassign task ${taskId}`,
	});

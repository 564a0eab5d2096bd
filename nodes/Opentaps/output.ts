import type { IDataObject } from 'n8n-workflow';

import { taskSite } from './api';
import type { ApiContext } from '../shared/http/transport';
import { idText, sequenceOf, textOf, toTask } from './task';

/** CRM2's own JSON. A server that gives back what it was sent would give back the token. */
export function rawOutput(raw: IDataObject | null): IDataObject {
	const rest = { ...raw };
	delete rest.authToken;
	return rest;
}

/** A task as the user asked for it: the Task record, or CRM2's own JSON. */
export const taskOutput = (raw: IDataObject, simple: boolean, site: string): IDataObject =>
	simple ? (toTask(raw, site) as unknown as IDataObject) : rawOutput(raw);

/** An activity: the Task record with its type and the number Start From takes, or CRM2's own JSON. */
export function activityOutput(raw: IDataObject, simple: boolean, site: string): IDataObject {
	if (!simple) return rawOutput(raw);
	const activityType = textOf(raw, 'activityType');
	const task = toTask(raw, activityType === 'TASK' ? site : null);
	return { ...task, activityType, sequenceNum: sequenceOf(raw) } as unknown as IDataObject;
}

const OUTPUT = { activity: activityOutput, task: taskOutput };

/** What a write gives: the record as it was sent, with what came back; or only that, as CRM2's own JSON. */
export const writtenOutput = async (
	context: ApiContext,
	kind: 'activity' | 'task',
	simple: boolean,
	sent: IDataObject,
	raw: IDataObject | null,
): Promise<IDataObject> =>
	simple ? OUTPUT[kind]({ ...sent, ...raw }, simple, await taskSite(context)) : rawOutput(raw);

/** The ID of a tag, in CRM2's own JSON; '' when it has none. */
const tagIdOf = (raw: IDataObject) => idText(raw.tagId ?? raw._id);

/** The same, in the output. */
export const madeTagId = (output: IDataObject) => idText(output.id) || tagIdOf(output);

/** A tag: `id`, `name`, `url`, `keywords` as far as known, or CRM2's own JSON. */
export function tagOutput(raw: IDataObject, simple: boolean): IDataObject {
	if (!simple) return rawOutput(raw);
	const known = { name: raw.tagName, url: raw.tagUrl, keywords: raw.tagKeywords };
	const shown = Object.entries(known).filter(([, value]) => value !== undefined);
	return { id: tagIdOf(raw), ...(Object.fromEntries(shown) as IDataObject) };
}

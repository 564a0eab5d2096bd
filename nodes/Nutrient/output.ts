import type { IDataObject } from 'n8n-workflow';

import type { Task } from '../shared/task';
import { requestIdOf, taskIdOf, toRequest, toTask } from './task';
import { isRecord, textField } from './readWire';

const asOutput = (task: Task) => task as unknown as IDataObject;

/** A task as the user asked for it. One without a readable ID comes as it was sent. */
export const taskOutput = (raw: IDataObject, simple: boolean): IDataObject =>
	simple && taskIdOf(raw) !== '' ? asOutput(toTask(raw)) : raw;

/** A request as the user asked for it. One without a readable ID comes as it was sent. */
export function requestOutput(raw: IDataObject, simple: boolean): IDataObject {
	const request = isRecord(raw.request) ? raw.request : raw;
	return simple && requestIdOf(request) !== '' ? asOutput(toRequest(raw)) : raw;
}

/** An undocumented answer as a record: a bare SID gets its name back, anything else that is bare is `response`. */
export function answerOutput(answer: unknown, idName: string): IDataObject {
	if (isRecord(answer)) return answer;
	const [only] = Array.isArray(answer) ? (answer as unknown[]) : [];
	if (isRecord(only)) return only;
	if (typeof answer === 'string' && /^[\w-]{8,}$/.test(answer)) return { [idName]: answer };
	return { response: answer as IDataObject | null };
}

const MADE_IDS = ['sid', 'guid', 'id', 'filesid', 'fileguid', 'fileid', 'usersid', 'userguid'];

/** The ID of what was made, in the output: a Task record, or what came in one of the likely spellings. */
export function madeId(output: IDataObject): string {
	const made = isRecord(output.request) ? output.request : output;
	return textField(made, ...MADE_IDS) ?? requestIdOf(made);
}

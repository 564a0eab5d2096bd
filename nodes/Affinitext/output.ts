import type { IDataObject } from 'n8n-workflow';

import type { Identified } from './identify';
import type { DateReading } from './readDate';
import { toTask } from './task';

/** A task as the user asked for it: the Task record, or the library's own JSON, untouched. */
export const taskOutput = (
	{ raw, id }: Identified,
	simple: boolean,
	reading: DateReading,
): IDataObject => (simple ? (toTask(raw, id, reading) as unknown as IDataObject) : raw);

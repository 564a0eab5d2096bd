import type { IDataObject } from 'n8n-workflow';

import { toTask, type MambuTask } from './task';

/** A task as the user asked for it: the Task record, or Mambu's own JSON. */
export const taskOutput = (raw: MambuTask, simple: boolean): IDataObject =>
	simple ? (toTask(raw) as unknown as IDataObject) : raw;

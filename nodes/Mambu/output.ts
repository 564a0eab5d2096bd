import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { toTask, type MambuTask } from './task';

/** A task as the user asked for it: the Task record, or Mambu's own JSON. */
export const taskOutput = (raw: MambuTask, simple: boolean): IDataObject =>
	simple ? (toTask(raw) as unknown as IDataObject) : raw;

/** The Simplify switch of an item. */
export const readSimple = (context: IExecuteFunctions, itemIndex: number) =>
	context.getNodeParameter('simple', itemIndex, true) as boolean;

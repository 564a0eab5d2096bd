import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { toTask, withoutSecrets, type AppmixerTask } from './task';

/** A task as the user asked for it: the Task record, or Appmixer's own JSON. Never with secrets. */
export const taskOutput = (raw: AppmixerTask, simple: boolean): IDataObject =>
	simple ? (toTask(raw) as unknown as IDataObject) : withoutSecrets(raw);

/** The Simplify switch of an item. */
export const readSimple = (context: IExecuteFunctions, itemIndex: number) =>
	context.getNodeParameter('simple', itemIndex, true) as boolean;

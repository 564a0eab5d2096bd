import type { IDataObject } from 'n8n-workflow';

import { toTask, withoutSecrets, type AppmixerTask } from './task';

/** A task as the user asked for it: the Task record, or Appmixer's own JSON. Never with secrets. */
export const taskOutput = (raw: AppmixerTask, simple: boolean): IDataObject =>
	simple ? (toTask(raw) as unknown as IDataObject) : withoutSecrets(raw);

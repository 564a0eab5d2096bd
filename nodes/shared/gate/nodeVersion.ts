/**
 * Tells which defaults a node has. n8n does not store a value that equals the default: safer ones came with version 1.1, so
 * that workflows and parked runs of version 1 stay as they were made.
 */
import type { DisplayCondition, INode, INodeProperties } from 'n8n-workflow';

const GUARDED = 1.1;

/** Whether it is a node with the safer defaults. */
export const isGuarded = ({ typeVersion }: Pick<INode, 'typeVersion'>): boolean =>
	typeVersion >= GUARDED;

/** The field as nodes with the safer defaults show it. */
export const guarded = (field: INodeProperties): INodeProperties =>
	shownIn(field, { _cnd: { gte: GUARDED } });

/** The field as nodes made before show it. */
export const unguarded = (field: INodeProperties): INodeProperties =>
	shownIn(field, { _cnd: { lt: GUARDED } });

const shownIn = (field: INodeProperties, version: DisplayCondition): INodeProperties => ({
	...field,
	displayOptions: {
		...field.displayOptions,
		show: { ...field.displayOptions?.show, '@version': [version] },
	},
});

/** The operation that deletes one thing: what is gone already counts as deleted. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { OperationBody } from './operations';

export const deletion = (
	idField: INodeProperties,
	remove: (context: IExecuteFunctions, id: string) => Promise<void>,
): OperationBody => ({
	access: 'write',
	fields: [idField],
	prepare(read) {
		const id = read.id(idField);
		return async () => {
			await remove(this, id);
			return { deleted: true };
		};
	},
});

import type { ItemOperation } from '../../../shared/items/operations';
import { deleteTag } from '../../api';
import { readId, tagIdField } from '../../fields';

export const deleteOperation: ItemOperation = {
	name: 'Delete',
	description: 'Delete a tag; what it is on stays',
	action: 'Delete a tag',
	access: 'write',
	fields: [tagIdField],
	prepare(read) {
		const { itemIndex } = read;
		const tagId = readId(this, 'tagId', 'Tag', itemIndex);
		return async () => {
			await deleteTag(this, tagId);
			return { deleted: true };
		};
	},
};

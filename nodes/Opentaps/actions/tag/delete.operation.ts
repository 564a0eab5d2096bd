import { deletion } from '../../../shared/items/deletion';
import type { ItemOperation } from '../../../shared/items/operations';
import { deleteTag } from '../../api';
import { tagIdField } from '../../fields';

export const deleteOperation: ItemOperation = {
	name: 'Delete',
	description: 'Delete a tag; what it is on stays',
	action: 'Delete a tag',
	...deletion(tagIdField, deleteTag),
};

import { locator } from '../../../../../nodes/shared/items/fields/locator';

it('offers a list that can be searched, and an ID', () => {
	const field = locator('Task', 'task', 'searchTasks', 'The task', { placeholder: 'e.g. 7' });
	expect(field).toMatchObject({
		...{ displayName: 'Task', name: 'task', type: 'resourceLocator', required: true },
		...{ default: { mode: 'list', value: '' }, description: 'The task' },
	});
	expect(field.modes).toMatchObject([
		{ name: 'list', typeOptions: { searchListMethod: 'searchTasks', searchable: true } },
		{ name: 'id', type: 'string', placeholder: 'e.g. 7' },
	]);
});

import { hasFiles, withFiles, type ItemOperation } from '../../../../nodes/shared/items/operations';
import { actionNode, resource } from '../../../../nodes/shared/items/resource';

const text = (displayName: string) => ({
	...{ displayName, name: displayName.toLowerCase(), default: '' },
	type: 'string' as const,
});
const operation = (name: string, more: Partial<ItemOperation> = {}): ItemOperation => ({
	...{ name, description: `${name} it`, action: `${name} a task`, access: 'read' },
	...{ fields: [text('ID')], prepare: () => async () => ({}) },
	...more,
});
const task = resource('task', 'Task', 'get', {
	get: operation('Get'),
	add: operation('Add', { access: 'write', options: [text('Zone')] }),
	make: operation('Make', { access: 'write', once: true }),
	wait: { ...operation('Wait'), access: 'run', run: async () => [[]], options: [] },
});
const [menu, ...fields] = task.properties;

it('has the operations in the order of the alphabet, and the one chosen first', () => {
	expect(menu).toMatchObject({ name: 'operation', default: 'get' });
	expect(menu.displayOptions).toEqual({ show: { resource: ['task'] } });
	expect(menu.options).toEqual(
		['Add', 'Get', 'Make', 'Wait'].map((name) => ({
			...{ name, value: name.toLowerCase() },
			...{ description: `${name} it`, action: `${name} a task` },
		})),
	);
});

it('shows a field with its own operation only', () => {
	const shown = fields.map(({ name, displayOptions }) => [name, displayOptions?.show?.operation]);
	expect(shown).toEqual([
		['id', ['get']],
		['options', ['get']],
		['id', ['add']],
		['options', ['add']],
		['id', ['make']],
		['options', ['make']],
		['id', ['wait']],
	]);
	for (const { displayOptions } of fields) expect(displayOptions?.show?.resource).toEqual(['task']);
});

it('E9: offers Items in Parallel, five for reads and one for writes, beside the other options', () => {
	const optionsOf = (index: number) =>
		(fields[index].options ?? []).map((option) => [
			option.name,
			'default' in option && option.default,
		]);
	expect(optionsOf(1)).toEqual([['itemsInParallel', 5]]);
	expect(optionsOf(3)).toEqual([
		['itemsInParallel', 1],
		['zone', ''],
	]);
	expect(optionsOf(5)).toEqual([
		['repeatUnknown', ''],
		['itemsInParallel', 1],
	]);
});

it('has a menu of resources above their fields', () => {
	const node = actionNode('vendor', 'Vendor', [task], 'task');
	const [first, ...rest] = node.properties;
	expect(first).toMatchObject({ name: 'resource', default: 'task', options: [task.option] });
	expect(task.option).toEqual({ name: 'Task', value: 'task' });
	expect(rest).toEqual(task.properties);
	expect(node).toMatchObject({
		credentials: [{ name: 'vendorApi', required: true }],
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
	});
});

it('tells a record with files from one that only looks like it', () => {
	const binary = { file: { data: '', mimeType: 'text/plain' } };
	expect(hasFiles(withFiles({ a: 1 }, binary))).toBe(true);
	expect(hasFiles({ json: { a: 1 }, binary: {} })).toBe(false);
	expect(withFiles({ a: 1 }, binary)).toMatchObject({ json: { a: 1 }, binary });
});

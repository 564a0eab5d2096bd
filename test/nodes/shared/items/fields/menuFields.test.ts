import { choiceField, notice } from '../../../../../nodes/shared/items/fields/makeField';

it('a choice has its values in the order given, and the one that is chosen first', () => {
	const field = choiceField('Order', 'order', 'asc', {
		description: 'What comes first',
		choices: { 'Z to A': ['desc', 'Backwards'], 'A to Z': 'asc' },
	});
	expect(field).toEqual({
		displayName: 'Order',
		name: 'order',
		type: 'options',
		options: [
			{ name: 'Z to A', value: 'desc', description: 'Backwards' },
			{ name: 'A to Z', value: 'asc' },
		],
		default: 'asc',
		description: 'What comes first',
	});
});

it('a notice is a text that is no value', () => {
	expect(notice('mailNotice', 'Nobody is told.')).toEqual({
		displayName: 'Nobody is told.',
		name: 'mailNotice',
		type: 'notice',
		default: '',
	});
});

import { choiceField, notice } from '../../../../../nodes/shared/items/fields/commonFields';

it('a choice has its values in the order given, and the one that is chosen first', () => {
	const options = [
		{ name: 'Z to A', value: 'desc' },
		{ name: 'A to Z', value: 'asc' },
	];
	expect(choiceField('Order', 'order', 'asc', 'What comes first', options)).toEqual({
		displayName: 'Order',
		name: 'order',
		type: 'options',
		options,
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

import type { FieldReader } from '../../../../../nodes/shared/items/fields/fieldReader';
import { filled, filledChanges } from '../../../../../nodes/shared/items/fields/filled';

const read = {
	error: (message: string, advice: string) => new Error(`${message}. ${advice}`),
} as unknown as FieldReader;

it('leaves out what was not filled in, and nothing else', () => {
	expect(filled({ a: undefined, b: '', c: null, d: 0, e: false })).toEqual({
		...{ b: '', c: null, d: 0, e: false },
	});
});

it('an update that changes nothing is refused', () => {
	expect(filledChanges(read, { title: undefined, text: '' })).toEqual({ text: '' });
	expect(() => filledChanges(read, { title: undefined })).toThrow(
		'There is nothing to update. Add at least one field under Update Fields.',
	);
});

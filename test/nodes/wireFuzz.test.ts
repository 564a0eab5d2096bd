import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { findItems } from '../../nodes/Affinitext/findItems';
import { identify } from '../../nodes/Affinitext/identify';
import { toTask as ofAffinitext } from '../../nodes/Affinitext/task';
import { toTask as ofAppmixer } from '../../nodes/Appmixer/task';
import { readFailure } from '../../nodes/Mambu/explainError';
import { toTask as ofMambu } from '../../nodes/Mambu/task';
import { approvalLabels, recordOf, rowsOf, textField } from '../../nodes/Nutrient/readWire';
import { toRequest, toTask as ofNutrient } from '../../nodes/Nutrient/task';
import { entriesIn, recordIn, rowsIn } from '../../nodes/Opentaps/readWire';
import { toTask as ofOpentaps } from '../../nodes/Opentaps/task';
import type { Task } from '../../nodes/shared/task';
import { FUZZ } from '../fuzz';

const READING = { timezone: 'Europe/Prague', monthFirst: false };
const READERS: Record<string, (raw: IDataObject) => Task> = {
	Affinitext: (raw) => ofAffinitext(raw, 'id', READING),
	Appmixer: ofAppmixer,
	Mambu: ofMambu as never,
	Nutrient: ofNutrient,
	'Nutrient request': toRequest,
	opentaps: (raw) => ofOpentaps(raw, 'https://crm.example.com/'),
};

/** Keys that some reader looks for, and some that only objects have. */
const KEYS =
	`id taskId sid title name description status state decision approval approver requester assignee decisionBy
	decisionMade created mtime dueDate due createdAt lastModifiedDate encodedKey assignedUserKey data items rows Items tasks
	value result resultValue errors error message errorCode errorReason returnCode returnStatus options label attributes
	fields contacts priority RecipientTaskSID InstanceSID instancesid taskstatus requestStatus startDate endDate email
	__proto__ constructor toString hasOwnProperty length`.split(/\s+/);
const word = fc.constantFrom(
	...['approved', 'rejected', 'Approved', 'COMPLETED', 'due', '', ' ', '__proto__', 'constructor'],
	...['2026-01-01', '1e400', '9'.repeat(30), '\ud800', 'a@b.example'],
	...['/Date(99999999999999999)/', '/Date(-1)/', '/Date(1)/', '0000-01-01', '+275760-09-13'],
);
const { value: json } = fc.letrec<{ value: unknown; record: unknown }>((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		fc.oneof(word, fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.maxSafeInteger()),
		fc.array(tie('value'), { maxLength: 4 }),
		tie('record'),
	),
	record: fc
		.array(fc.tuple(fc.oneof(fc.constantFrom(...KEYS), fc.string()), tie('value')), {
			maxLength: 6,
		})
		// as JSON.parse makes them: "__proto__" is a key like others
		.map((entries) => Object.fromEntries(entries)),
}));
/** As it comes over the wire: no NaN, no -0, own keys only. */
const wire = json.map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const record = fc
	.array(fc.tuple(fc.oneof(fc.constantFrom(...KEYS), fc.string()), wire), { maxLength: 12 })
	.map((entries) => Object.fromEntries(entries) as IDataObject);

const SHAPE =
	`id title description status state decision requester assignee dueAt createdAt updatedAt decidedAt url source`
		.split(' ')
		.sort()
		.join();
const DATES = ['dueAt', 'createdAt', 'updatedAt', 'decidedAt'] as const;
const TEXTS = ['title', 'description', 'status', 'url'] as const;
const isDate = (value: unknown) =>
	value === null || (typeof value === 'string' && !Number.isNaN(Date.parse(value)));

/** What is wrong with a record; nothing when it has its shape. */
function wrongIn(task: Task, raw: IDataObject): string | null {
	if (Object.keys(task).sort().join() !== SHAPE) return 'other keys';
	if (typeof task.id !== 'string') return 'id';
	if (!['open', 'done', 'cancelled'].includes(task.state)) return 'state';
	for (const key of TEXTS) if (task[key] !== null && typeof task[key] !== 'string') return key;
	for (const key of DATES) if (!isDate(task[key])) return key;
	if (task.decision === null) return null;
	const isKnown = ['approved', 'rejected'].includes(task.decision);
	return isKnown && /approv|reject/i.test(JSON.stringify(raw)) ? null : 'decision';
}

describe.each(Object.keys(READERS))('the task of %s', (vendor) => {
	it('has its shape, whatever came, and decides by no word that nobody knows', () => {
		fc.assert(
			fc.property(record, (raw) => {
				const wrong = wrongIn(READERS[vendor](raw), raw);
				if (wrong !== null) throw new Error(wrong);
			}),
			FUZZ,
		);
	});
});

const isRow = (row: unknown) => typeof row === 'object' && row !== null && !Array.isArray(row);
const isText = (one: unknown) => typeof one === 'string';

describe('envelopes', () => {
	it('give records, or say that there are none', () => {
		fc.assert(
			fc.property(wire, (body) => {
				const rows = [rowsOf(body)?.rows, rowsIn(body), findItems(body).items];
				const records = [recordOf(body), recordIn(body)];
				const labels = approvalLabels(body);
				return (
					rows.every((list) => (list ?? []).every(isRow)) &&
					records.every((one) => one === null || (isRow(one) && Object.keys(one).length > 0)) &&
					(labels === null || (labels.length > 0 && labels.every(isText))) &&
					(entriesIn(body) === null || Array.isArray(entriesIn(body))) &&
					Object.values(readFailure(body) ?? {}).every(isText)
				);
			}),
			FUZZ,
		);
	});

	it('lose no entry of a list, and name each one', () => {
		fc.assert(
			fc.property(fc.array(wire, { minLength: 2, maxLength: 5 }), (list) => {
				const { items } = findItems(list);
				const named = identify(items, '');
				const ids = new Set(named.map(({ id }) => id));
				return (
					items.length === list.length &&
					ids.size === list.length &&
					rowsOf(list)?.rows.length === list.length &&
					rowsOf({ items: list })?.rows.length === list.length &&
					items.every((item) => ['string', 'object'].includes(typeof textField(item, 'id', 'sid')))
				);
			}),
			FUZZ,
		);
	});
});

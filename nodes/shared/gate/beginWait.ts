/** Reads what is to be waited for, before anything is looked at: which tasks, in which groups, until when. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { WAIT_INDEFINITELY } from 'n8n-workflow';

import { fieldError } from '../http/nodeErrors';
import type { ItemFields } from '../items/fields/fieldReader';
import { isGiven } from '../items/fields/givenValues';
import { fieldsOf } from '../items/fields/readFields';
import type { WaitDesk } from './desk';
import {
	groupByField,
	groupingField,
	minutesField,
	readEvery,
	whenEditedField,
} from './lookFields';
import { MINUTE, planLooks } from './looks';
import { ownApprovalField } from './ownApproval';
import { refuseTwice } from './refuseTwice';
import { readRule, ruleField } from './ruleFields';
import { sameForAll } from './sameForAll';
import { ALONE } from './tally';
import { readEnd, refuseBeyondTimeout } from './waitEnd';
import { limitSwitch } from './waitFields';
import { newState, type WaitGroup, type WaitState, type WaitedTask } from './waitState';

/** Tasks of one wait: n8n keeps and rewrites all of it at each look. */
const MOST_TASKS = 100;

/** @param way the nodes that bring the wait back */
export function beginWait(
	context: IExecuteFunctions,
	desk: WaitDesk,
	way: string[] | null,
): WaitState {
	const items = context.getInputData();
	if (items.length > MOST_TASKS) {
		throw fieldError(
			context.getNode(),
			`${items.length} tasks are too many for one wait: ${MOST_TASKS} at most`,
			'Split them with Loop Over Items, or start a run for each item.',
			MOST_TASKS,
		);
	}
	const tasks = items.map((_, item): WaitedTask => {
		return { item, asked: desk.asked(fieldsOf(context, item)) };
	});
	const groups = groupsOf(context, desk, tasks);
	const forAll = <T>(what: string, read: (fields: ItemFields) => T): T =>
		sameForAll(context, [...items.keys()], what, read);
	const end = sameForAll(context, [...items.keys()], limitSwitch.displayName, readEnd, isOneEnd);
	refuseBeyondTimeout(context, end ?? WAIT_INDEFINITELY);
	const every = forAll(minutesField.displayName, readEvery);
	const times = { startedAt: Date.now(), deadline: end && end.getTime(), every };
	const plan = planLooks(times, tasks.length);
	if (plan.stretch > 1) tellStretch(context, plan.stretch);
	return newState({
		plan,
		acceptsEdited:
			forAll(whenEditedField.displayName, (read) => read.options().choice(whenEditedField)) ===
			'accept',
		// where nothing is approved, nobody approves their own
		requesterMayApprove:
			!desk.decides ||
			forAll(ownApprovalField.displayName, (read) => read.options().isOn(ownApprovalField)),
		settings: forAll('An option', (read) => desk.settings?.(read.options(), read) ?? {}),
		source: context.getExecuteData().source?.main[0] ?? null,
		way,
		tasks,
		groups,
	});
}

function groupsOf(
	context: IExecuteFunctions,
	{ decides }: WaitDesk,
	tasks: WaitedTask[],
): WaitGroup[] {
	const grouping = fieldsOf(context, 0).choice<'each' | 'all' | 'field'>(groupingField);
	const places = tasks.map((_, place) => place);
	if (grouping === 'each') {
		return places.map((place) => ({ name: null, tasks: [place], rule: ALONE, isAlone: true }));
	}
	const groups = new Map<string, WaitGroup>();
	for (const place of places) {
		const name = grouping === 'all' ? null : groupNameOf(context, tasks[place].item);
		// as people read it: 7 and "7 " are one order
		const key = typeof name === 'object' ? JSON.stringify(name) : String(name).trim();
		const group = groups.get(key) ?? { name, tasks: [], rule: ALONE };
		groups.set(key, { ...group, tasks: [...group.tasks, place] });
	}
	const all = [...groups.values()];
	refuseTwice(context, all, tasks, ({ asked }) => asked.id);
	if (!decides) return all;
	return all.map((group) => {
		const { name, tasks: places } = group;
		const where = name === null ? '' : ` in group ${JSON.stringify(name)}`;
		const items = places.map((place) => tasks[place].item);
		const read = (fields: ItemFields) => readRule(fields, places.length, where);
		return { ...group, rule: sameForAll(context, items, ruleField.displayName, read) };
	});
}

/** "In 7 days" is later for each item by as long as reading takes. */
const isOneEnd = (one: Date | null, other: Date | null): boolean =>
	one && other ? Math.abs(one.getTime() - other.getTime()) < MINUTE : one === other;

/** The value of the field that groups items. What none has would put strangers into one question. */
function groupNameOf(context: IExecuteFunctions, item: number): IDataObject[string] {
	const read = fieldsOf(context, item);
	const path = read.text(groupByField);
	const value = valueAt(context.getInputData()[item].json, path);
	if (isGiven(value) && !Number.isNaN(value)) return value;
	throw read.error(
		`Item has no value in "${path}", so it belongs to no group`,
		`Enter under ${groupByField.displayName} a field that every item has.`,
	);
}

/** A path as the editor writes it: `order.number`, `['order no'].number`, `lines[0].order`; or a key that has dots itself. */
const keysOf = (json: IDataObject, path: string): string[] =>
	Object.hasOwn(json, path)
		? [path]
		: [...path.matchAll(/\[(['"]?)(.*?)\1\]|[^.[\]]+/g)].map(
				([key, , inBrackets]) => inBrackets ?? key,
			);

const valueAt = (json: IDataObject, path: string): IDataObject[string] =>
	keysOf(json, path).reduce<unknown>(
		(value, key) =>
			Object.hasOwn(Object(value) as object, key) ? (value as IDataObject)[key] : undefined,
		json,
	) as IDataObject[string];

function tellStretch(context: IExecuteFunctions, stretch: number): void {
	const more = Math.ceil((stretch - 1) * 100);
	context.addExecutionHints({
		message: `The times between looks are ${more} % longer than set, because n8n stores the run at each look. Wait for fewer tasks, for a shorter time, or look less often.`,
		type: 'info',
		location: 'outputPane',
	});
}

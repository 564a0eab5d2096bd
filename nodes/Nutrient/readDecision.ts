/**
 * Reads which option was chosen in an approval, from whatever the service shows of it. What could have been chosen, what
 * somebody filled into a form, and what two places tell differently is no choice: then it is `null`.
 */
import type { IDataObject } from 'n8n-workflow';

import type { Decision } from '../shared/task';
import { isApproval, rowsOfTask } from './approvalCopies';
import { field, isRecord, plain, textField } from './readWire';
import { isKnownStatus, recipientTaskIdOf, stateOf, statusOf } from './task';

/** What the service has said about a request, each as it came. */
export interface DecisionSources {
	/** The rows of its tasks. */
	rows: IDataObject[];
	/** The answer to reading this one approval. */
	approval?: unknown;
	/** The request, with what was filled in. */
	request?: unknown;
}

/** The builder's words for each decision, as the process names its options. */
export interface DecisionWords {
	approved: string[];
	rejected: string[];
}

/** Names that can only mean what was chosen; that of the body in which a decision is sent is the first. */
const CHOICE = [
	'approval',
	'approvaldecision',
	'approvalchoice',
	'approvaloption',
	'approvalresult',
	'approvalresponse',
	'decision',
	'chosenoption',
	'selectedoption',
	'optionchosen',
	'optionselected',
	'selectedapproval',
];
/** Inside `approval` a label may be the task's own; inside these it is the option's. */
const SURE = CHOICE.filter(
	(name) => !['approval', 'approvalresponse', 'approvalresult'].includes(name),
);
const LABEL = ['label', 'text', 'name', 'title', 'displayname', 'optionlabel', 'value'];
/** How deep the record of one task may lie in the detail of its request. */
const DEPTH = 4;
const FILLED_IN = ['data', 'values', 'fields', 'formdata', 'questions', 'answers', 'prefills'];

/**
 * The label of the option that this assignee chose, as it came; `null` as long as their copy is open, when it was ended
 * without them, and where nothing, or not one thing, is told.
 * @param fieldName where the tenant shows the option, as a path with dots through what is nested. It is then looked for
 * there and nowhere else, and also where the word of the state is not known.
 */
export function chosenOption(...asked: Parameters<typeof toldOptions>): string | null {
	const told = toldOptions(...asked);
	return told.length === 1 ? told[0] : null;
}

/** As `chosenOption`, all that is told: several are no choice, but not nothing either. */
export function toldOptions(
	taskId: string,
	{ rows, approval, request }: DecisionSources,
	fieldName?: string,
): string[] {
	const copies = rowsOfTask(rows, taskId);
	const path = fieldName?.trim();
	if (copies.length === 0 || !copies.every((row) => hasBeenChosen(row, Boolean(path)))) return [];
	const places = [...copies, ...recordsOf(taskId, request)];
	if (isRecord(approval)) places.push(approval);
	const told = places.flatMap((place) => (path ? at(place, path) : choicesIn(place)));
	const first = (text: string, place: number) =>
		told.findIndex((other) => folded(other) === folded(text)) === place;
	return told.filter(first).map((text) => text.trim());
}

/** What a label means to the builder: whole, without case and outer spaces. One in both lists means nothing. */
export function decisionOf(label: string | null, { approved, rejected }: DecisionWords): Decision {
	const word = folded(label ?? '');
	if (word === '') return null;
	const isIn = (words: string[]) => words.some((each) => folded(each) === word);
	if (isIn(approved) === isIn(rejected)) return null;
	return isIn(approved) ? 'approved' : 'rejected';
}

const folded = (text: string) => text.normalize('NFC').trim().toLowerCase();

/** A word of the state that is not known may be anything; only who names the field knows better. */
function hasBeenChosen(row: IDataObject, isNamed: boolean): boolean {
	const status = statusOf(row);
	return stateOf(status) === 'done' || (isNamed && !isKnownStatus(status));
}

/** The fields of a form have the designer's own names, which may be any of ours. */
const choicesIn = (place: IDataObject): string[] =>
	isApproval(place) === false ? [] : choicesAmong(place, CHOICE);

const choicesAmong = (place: IDataObject, names: string[]): string[] =>
	names.flatMap((name) =>
		valuesOf(place, name).flatMap((value) => {
			if (!isRecord(value)) return isText(value) ? [value] : [];
			return SURE.includes(name) ? labelIn(value) : choicesAmong(value, SURE);
		}),
	);

/** The label of an option; what has a list of options in it is none itself. */
function labelIn(option: IDataObject): string[] {
	if (Object.values(option).some((value) => Array.isArray(value))) return [];
	return LABEL.flatMap((key) => valuesOf(option, key))
		.filter(isText)
		.slice(0, 1);
}

/** A list is what could have been chosen, also one of a single entry; a number is the ID of an option. */
const isText = (value: unknown): value is string =>
	typeof value === 'string' && value.trim() !== '';

/** The values of all fields with this name, in whatever spelling. */
const valuesOf = (place: IDataObject, name: string): unknown[] =>
	Object.entries(place).flatMap(([key, value]) => (plain(key) === name ? [value] : []));

/** What stands at a path: through records, and through lists of fields that say their name and value. */
function at(place: unknown, path: string): string[] {
	const whole = named(place, path).flatMap((value) => (isRecord(value) ? labelIn(value) : [value]));
	const [name, ...rest] = path.split('.');
	const deeper =
		rest.length === 0 ? [] : named(place, name).flatMap((one) => at(one, rest.join('.')));
	const told = whole.map((value) => (typeof value === 'number' ? String(value) : value));
	return [...told.filter(isText), ...deeper];
}

/** The fields with a name: as it is written, else in any other spelling. */
function named(place: unknown, name: string): unknown[] {
	const fields = isRecord(place) ? Object.entries(place) : pairsIn(place);
	const exact = fields.filter(([key]) => key === name);
	const alike = fields.filter(([key]) => plain(key) !== '' && plain(key) === plain(name));
	return (exact.length > 0 ? exact : alike).map(([, value]) => value);
}

function pairsIn(list: unknown): Array<[string, unknown]> {
	if (!Array.isArray(list)) return [];
	return list
		.filter(isRecord)
		.map((pair) => [textField(pair, 'name', 'key', 'label', 'field') ?? '', field(pair, 'value')]);
}

/**
 * The records in an answer that are about this copy of a task. What was filled in is not looked into, nor what belongs
 * to another task: there anybody can write anything.
 */
function recordsOf(taskId: string, answer: unknown, depth = DEPTH): IDataObject[] {
	if (depth < 0) return [];
	if (Array.isArray(answer)) return answer.flatMap((one) => recordsOf(taskId, one, depth - 1));
	if (!isRecord(answer)) return [];
	const id = recipientTaskIdOf(answer);
	if (id !== '') return folded(id) === folded(taskId) ? [answer] : [];
	return Object.entries(answer)
		.filter(([key]) => !FILLED_IN.includes(plain(key)))
		.flatMap(([, value]) => recordsOf(taskId, value, depth - 1));
}

import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { choiceField, notice } from '../../../shared/items/fields/makeField';

import type { FieldReader, ItemFields } from '../../../shared/items/fields/fieldReader';
import type { OperationBody, PreparedCall } from '../../../shared/items/operations';
import { decideTask, readApproval, type DecisionContract } from '../../calls/tasks';
import { taskField } from '../../locators';
import { approvalLabels } from '../../readWire';

const commentsField: INodeProperties = {
	displayName: 'Comments',
	name: 'comments',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. Within the budget of this year',
	description: 'What to tell the others about the decision',
};

const additionalField: INodeProperties = {
	displayName: 'Additional Body Fields',
	name: 'additionalBody',
	type: 'json',
	default: '{}',
	description: 'A JSON object whose members are sent beside Approval and Comments',
};

const contractField = choiceField('API Contract', 'contract', 'legacyParameter', {
	description: 'How the decision is sent. The body of version 8 is not documented.',
	choices: {
		'Version 7 Path': ['legacyPath', 'Under /tasktypes/approval'],
		'Version 8': ['noParameter', 'Without the legacy parameter'],
		'Version 8 with Legacy Body': ['legacyParameter', 'With legacy=true'],
	},
});

export const labelField: INodeProperties = {
	displayName: 'Option Label',
	name: 'optionLabel',
	type: 'string',
	default: '',
	placeholder: 'e.g. Release payment',
	description: "The option's name, where the process has other words for this decision",
};

const decisionNotice = notice(
	'decisionNotice',
	'Decides for the user that the credential acts as, who must be the assignee. With several recipients the task may stay open for the others.',
);

/** Fields of Decide. */
export const decideFields: INodeProperties[] = [
	taskField,
	{ ...labelField, required: true, description: 'The option to choose, as the process names it' },
	commentsField,
];

/** Options of Decide. */
export const decideOptions = [additionalField, contractField];

/** What is to be chosen: a name, or the usual words for a decision. */
export type Wanted = { label: string } | { words: string[] };

/** Reads the fields; the call reads the task's own options, chooses one of them, and sends it once. */
export function prepareDecision(
	context: IExecuteFunctions,
	read: ItemFields,
	wanted: Wanted,
): PreparedCall {
	const taskId = read.id(taskField);
	const comments = read.ifGiven(commentsField, read.text) ?? '';
	const options = read.options();
	const contract = options.choice<DecisionContract>(contractField);
	const more = options.ifGiven(additionalField, options.record);
	return async () => {
		const labels = approvalLabels(await readApproval(context, taskId, contract));
		const option = choose(read, taskId, labels, wanted);
		const body = { ...more, Approval: option, Comments: comments };
		return { taskId, option, response: await decideTask(context, taskId, contract, body) };
	};
}

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

/** The option in the task's own spelling. A name is sent as typed when the options cannot be read; a guess never is. */
function choose(
	read: FieldReader,
	taskId: string,
	labels: string[] | null,
	wanted: Wanted,
): string {
	if (labels === null) {
		if ('label' in wanted) return wanted.label;
		throw read.error(
			`The options of task ${taskId} could not be read, so none was chosen`,
			'Enter the Option Label in Options: it is then sent as it is. Get Approval Options with Simplify off shows what Nutrient answers.',
		);
	}
	const words = 'label' in wanted ? [wanted.label] : wanted.words;
	const fitting = labels.filter((label) => words.some((word) => same(word, label)));
	if (fitting.length === 1) return fitting[0];
	const list = labels.map((label) => `"${label}"`).join(', ');
	const asked = words.map((word) => `"${word}"`).join(' or ');
	throw read.error(
		fitting.length === 0
			? `Task ${taskId} has no option ${asked}`
			: `Task ${taskId} has several options that fit ${asked}`,
		`Its options are ${list}. ${'label' in wanted ? 'Enter one of them.' : 'Enter one of them as Option Label in Options, or use Decide.'}`,
	);
}

/** Approve and Reject: the Option Label where one is given, else one of the usual words. */
export const verdict = (words: string[]): OperationBody => ({
	access: 'write',
	once: true,
	fields: [taskField, decisionNotice, commentsField],
	options: [...decideOptions, labelField],
	prepare(read) {
		const options = read.options();
		const label = options.ifGiven(labelField, options.text);
		return prepareDecision(this, read, label === undefined ? { words } : { label });
	},
});

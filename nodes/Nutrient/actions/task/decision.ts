import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { fieldError } from '../../../shared/http/errors';
import type { OperationBody, PreparedCall } from '../../../shared/items/operations';
import { decideTask, readApproval, type DecisionContract } from '../../api';
import { readId, readObject, readOptions } from '../../fields';
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

const contractField: INodeProperties = {
	displayName: 'API Contract',
	name: 'contract',
	type: 'options',
	options: [
		{ name: 'Version 7 Path', value: 'legacyPath', description: 'Under /tasktypes/approval' },
		{ name: 'Version 8', value: 'noParameter', description: 'Without the legacy parameter' },
		{
			name: 'Version 8 with Legacy Body',
			value: 'legacyParameter',
			description: 'With legacy=true',
		},
	],
	default: 'legacyParameter',
	description: 'How the decision is sent. The body of version 8 is not documented.',
};

const labelOption: INodeProperties = {
	displayName: 'Option Label',
	name: 'optionLabel',
	type: 'string',
	default: '',
	placeholder: 'e.g. Release payment',
	description: "The option's name, where the process has other words for this decision",
};

const notice: INodeProperties = {
	displayName:
		'Decides for the user that the credential acts as, who must be the assignee. With several recipients the task may stay open for the others.',
	name: 'decisionNotice',
	type: 'notice',
	default: '',
};

/** Fields of Decide. */
export const decideFields: INodeProperties[] = [
	taskField,
	{ ...labelOption, required: true, description: 'The option to choose, as the process names it' },
	commentsField,
];

/** Options of Decide. */
export const decideOptions = [additionalField, contractField];

/** What is to be chosen: a name, or the usual words for a decision. */
export type Wanted = { label: string } | { words: string[] };

/** Reads the fields; the call reads the task's own options, chooses one of them, and sends it once. */
export function prepareDecision(
	context: IExecuteFunctions,
	itemIndex: number,
	wanted: Wanted,
): PreparedCall {
	const taskId = readId(context, 'taskId', 'Task', itemIndex);
	const comments = String(context.getNodeParameter('comments', itemIndex, '') ?? '');
	const options = readOptions(context, itemIndex);
	const contract = (options.contract ?? 'legacyParameter') as DecisionContract;
	const more = readObject(context, 'Additional Body Fields', options.additionalBody, itemIndex);
	return async () => {
		const labels = approvalLabels(await readApproval(context, taskId, contract));
		const option = choose(context, taskId, labels, wanted, itemIndex);
		const body = { ...more, Approval: option, Comments: comments };
		const response = (await decideTask(context, taskId, contract, body)) as IDataObject | null;
		return { taskId, option, response };
	};
}

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

/** The option in the task's own spelling. A name is sent as typed when the options cannot be read; a guess never is. */
function choose(
	context: IExecuteFunctions,
	taskId: string,
	labels: string[] | null,
	wanted: Wanted,
	itemIndex: number,
): string {
	const refuse = (message: string, hint: string) =>
		fieldError(context.getNode(), message, hint, itemIndex);
	if (labels === null) {
		if ('label' in wanted) return wanted.label;
		throw refuse(
			`The options of task ${taskId} could not be read, so none was chosen`,
			'Enter the Option Label in Options: it is then sent as it is. Get Approval Options with Simplify off shows what Nutrient answers.',
		);
	}
	const words = 'label' in wanted ? [wanted.label] : wanted.words;
	const fitting = labels.filter((label) => words.some((word) => same(word, label)));
	if (fitting.length === 1) return fitting[0];
	const list = labels.map((label) => `"${label}"`).join(', ');
	const asked = words.map((word) => `"${word}"`).join(' or ');
	throw refuse(
		fitting.length === 0
			? `Task ${taskId} has no option ${asked}`
			: `Task ${taskId} has several options that fit ${asked}`,
		`Its options are ${list}. ${'label' in wanted ? 'Enter one of them.' : 'Enter one of them as Option Label in Options, or use Decide.'}`,
	);
}

/** Approve and Reject: the Option Label where one is given, else one of the usual words. */
export const verdict = (words: string[]): OperationBody => ({
	access: 'write',
	fields: [taskField, notice, commentsField],
	options: [...decideOptions, labelOption],
	prepare(read) {
		const { itemIndex } = read;
		const { optionLabel } = readOptions(this, itemIndex);
		const label = typeof optionLabel === 'string' ? optionLabel.trim() : '';
		return prepareDecision(this, itemIndex, label === '' ? { words } : { label });
	},
});

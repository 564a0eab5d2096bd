import type { ExpressionString } from 'n8n-workflow';

import { choiceField } from '../shared/items/fields/makeField';

export const outputsField = {
	...choiceField('Outputs', 'outputs', 'single', {
		description: 'How many outputs this node has',
		choices: {
			Single: 'single',
			'One per Decision': ['perDecision', 'Approved, Rejected and Due'],
		},
	}),
	noDataExpression: true,
};

// n8n evaluates the text of this function in the editor: it can use nothing but its argument
const outputs = ({ outputs: chosen }: { outputs?: string }) =>
	chosen === 'perDecision'
		? ['Approved', 'Rejected', 'Due'].map((displayName) => ({ type: 'main', displayName }))
		: [{ type: 'main' }];

/** One output, or Approved, Rejected and Due. */
export const triggerOutputs: ExpressionString = `={{(${outputs})($parameter)}}`;

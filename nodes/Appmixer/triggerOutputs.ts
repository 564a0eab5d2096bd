import type { ExpressionString } from 'n8n-workflow';

// n8n evaluates the text of this function in the editor: it can use nothing but its argument
const outputs = ({ outputs: chosen }: { outputs?: string }) =>
	chosen === 'perDecision'
		? ['Approved', 'Rejected', 'Due'].map((displayName) => ({ type: 'main', displayName }))
		: [{ type: 'main' }];

/** One output, or Approved, Rejected and Due. */
export const triggerOutputs: ExpressionString = `={{(${outputs})($parameter)}}`;

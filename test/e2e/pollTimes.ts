import type { INodeParameters } from 'n8n-workflow';

/** Six times a minute: n8n refuses an interval of seconds, but takes several fixed ones. */
export const everyTenSeconds: INodeParameters = {
	item: [0, 10, 20, 30, 40, 50].map((second) => ({
		mode: 'custom',
		cronExpression: `${second} * * * * *`,
	})),
};

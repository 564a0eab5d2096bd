import type { IExecuteFunctions } from 'n8n-workflow';

import { idempotencyKey } from '../../../../nodes/shared/http/idempotencyKey';

const WRITE = { instance: 'i', workflow: 'w', execution: '7', node: 'n', run: 0 };

function keyOf(
	changed: Partial<typeof WRITE> = {},
	itemIndex = 0,
	body = { title: 'a' },
	memory = {},
): string {
	const { instance, workflow, execution, node, run } = { ...WRITE, ...changed };
	const context = {
		getInstanceId: () => instance,
		getWorkflow: () => ({ id: workflow }),
		getExecutionId: () => execution,
		getNode: () => ({ id: node }),
		getWorkflowDataProxy: () => ({ $runIndex: run }),
		getContext: () => memory,
	} as unknown as IExecuteFunctions;
	return idempotencyKey(context, itemIndex, body);
}

it('is a UUID, the same for the same write', () => {
	expect(keyOf()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
	expect(keyOf()).toBe(keyOf());
});

it.each([
	{ instance: 'j' },
	{ workflow: 'x' },
	{ execution: '8' },
	{ node: 'm' },
	{ run: 1 },
] as Array<Partial<typeof WRITE>>)('is another one with %j', (changed) => {
	expect(keyOf(changed)).not.toBe(keyOf());
});

it('is the same in an execution that retries another from the list', () => {
	const memory = {};
	const first = keyOf({}, 0, { title: 'a' }, memory);
	expect(keyOf({ execution: '8' }, 0, { title: 'a' }, memory)).toBe(first);
	expect(keyOf({ execution: '9' }, 0, { title: 'a' }, memory)).toBe(first);
});

it('is another one for another item or body, and each time where executions have no ID', () => {
	expect(keyOf({}, 1)).not.toBe(keyOf());
	expect(keyOf({}, 0, { title: 'b' })).not.toBe(keyOf());
	expect(keyOf({ execution: '' })).not.toBe(keyOf({ execution: '' }));
});

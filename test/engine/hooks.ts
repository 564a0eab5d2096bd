import { ExecutionLifecycleHooks } from 'n8n-core';
import type { Workflow } from 'n8n-workflow';

/** n8n's own hooks of a run, to which nobody listens. */
export const hooksOf = ({ id }: Workflow, executionId: string) =>
	new ExecutionLifecycleHooks('trigger', executionId, {
		id,
		name: 'Engine',
		nodes: [],
		connections: {},
		active: true,
		isArchived: false,
		createdAt: new Date(),
		updatedAt: new Date(),
		activeVersionId: null,
	});

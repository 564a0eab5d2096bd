import type { INodeParameters } from 'n8n-workflow';

/** A node as it is photographed with its panel open. */
export interface State {
	/** The picture's file name. */
	name: string;
	/** The node's type within this package. */
	type: string;
	parameters: INodeParameters;
	/** Whether to scroll its parameters to their end. */
	scrolled?: boolean;
	/** The collection whose "Add …" menu is opened, counted from 0. */
	menu?: number;
	/** Whether the dark theme would show nothing new. */
	lightOnly?: boolean;
}

const people = { requester: 'ada@example.com', approver: 'grace@example.com' };
const task = (operation: string, parameters: INodeParameters = {}) => ({
	type: 'appmixer',
	parameters: { resource: 'task', operation, ...parameters },
});
const other = (
	name: string,
	type: string,
	parameters: INodeParameters = {},
	more: Partial<State> = {},
): State => ({ name, type, parameters, lightOnly: true, ...more });

/** The states worth looking at. */
export const STATES: State[] = [
	{ name: 'wait-new', type: 'appmixer', parameters: {} },
	{ name: 'wait-new-end', type: 'appmixer', parameters: {}, scrolled: true },
	{
		name: 'wait-filled',
		...task('sendAndWait', {
			title: '=Purchase of {{ $json.what }}',
			message: 'Three laptops for the **new team**, 4,500 EUR',
			...people,
			outputs: 'perDecision',
		}),
	},
	{ name: 'wait-existing', ...task('sendAndWait', { taskSource: 'existing' }) },
	{
		name: 'wait-several',
		...task('sendAndWait', {
			title: '=Budget for {{ $json.what }}',
			requester: 'ada@example.com',
			approver: 'bob@example.com, carol@example.com, dan@example.com',
			...{ rule: 'number', approvalsNeeded: 2, oneRejectionRejects: false },
		}),
		scrolled: true,
	},
	{ name: 'wait-options', ...task('sendAndWait', people), scrolled: true, menu: 0 },
	{ name: 'again', ...task('wait') },
	{
		name: 'again-options',
		...task('wait', {
			...{ grouping: 'field', groupField: 'order', lookAgain: 'fixed' },
			options: { whenEdited: 'accept', wakeUps: false, requesterMayApprove: true },
		}),
		scrolled: true,
	},
	{ name: 'withdraw', ...task('withdraw', { options: { secret: '' } }) },
	{ name: 'create', ...task('create') },
	{
		name: 'create-options',
		...task('create', { ...people, options: { includeLinks: true, notifyUrl: '' } }),
		scrolled: true,
	},
	{
		name: 'get-many',
		...task('getAll', {
			filters: { status: 'pending', titleContains: '', role: '', filter: '' },
			options: { sortBy: 'created', sortDirection: '-1', exclude: [], secret: '' },
		}),
	},
	{ name: 'get-many-filters', ...task('getAll'), menu: 0 },
	{ name: 'update', ...task('update', { updateFields: { title: '', decisionBy: '' } }) },
	{ name: 'approve', ...task('approve', { options: { secret: '' } }) },
	{ name: 'webhook-create', type: 'appmixer', parameters: { resource: 'webhook' } },
	{
		name: 'dashboard',
		type: 'appmixer',
		parameters: { resource: 'dashboard', operation: 'get' },
	},
	{ name: 'trigger', type: 'appmixerTrigger', parameters: {} },
	{
		name: 'trigger-selected',
		type: 'appmixerTrigger',
		parameters: { watch: 'selected', outputs: 'perDecision', options: { cap: 500 } },
	},
	{ name: 'polling-trigger', type: 'appmixerPollingTrigger', parameters: {} },
	{
		name: 'polling-trigger-due-soon',
		type: 'appmixerPollingTrigger',
		parameters: { events: ['dueSoon', 'new'], filters: { role: '', titleContains: '' } },
	},
	other('mambu-create', 'mambu', { operation: 'create' }),
	other('mambu-again', 'mambu', { operation: 'wait', options: { whoCompleted: true } }),
	other('affinitext-again', 'affinitext', { operation: 'wait' }),
	other('opentaps-again', 'opentaps', { resource: 'task', operation: 'wait' }),
	other('nutrient-again-task', 'nutrient', { resource: 'task', operation: 'wait' }),
	other('nutrient-again-request', 'nutrient', { resource: 'request', operation: 'wait' }),
	other('nutrient-start-wake-up', 'nutrient', {
		...{ resource: 'process', operation: 'start' },
		options: { wakeUpField: 'n8nUrl', waitNode: '' },
	}),
	other('mambu-get-many', 'mambu', { operation: 'getAll' }, { menu: 0 }),
	other('mambu-trigger', 'mambuTrigger'),
	other('affinitext-get-many', 'affinitext'),
	other('affinitext-trigger', 'affinitextTrigger'),
	other('opentaps-task-create', 'opentaps', { resource: 'task', operation: 'create' }),
	other('opentaps-trigger', 'opentapsTrigger'),
	other('nutrient-approve', 'nutrient', { resource: 'task', operation: 'approve' }),
	other('nutrient-start', 'nutrient', { resource: 'process', operation: 'start' }),
	other('nutrient-trigger', 'nutrientTrigger'),
];

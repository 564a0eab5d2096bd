import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Sandbox } from '../../../sandbox';

/** An item of a trigger: event type, the task's ID, and its status before the change. */
export type Seen = [type: string, id: string, previousStatus: string | null];

/** Changes something at the vendor; says what the trigger has to give for it. */
export type Change = () => Seen | Promise<Seen>;

/** What a polling trigger has to find. */
export interface TriggerStory {
	/** The trigger's parameters, poll times apart, with every event type it names. */
	parameters: INodeParameters;
	credential: IDataObject;
	/** While n8n runs. The changes of one round are made at once; the next round comes after they were given. */
	rounds: Change[][];
	/** While n8n is down: five. */
	whileDown: Change[];
	/** After all that, to see that nothing was given again. */
	last: Change;
}

/** One row of the table of triggers. */
export interface TriggerRow {
	name: string;
	/** The node type, e.g. `mambuTrigger`. */
	node: string;
	/** The credential type, e.g. `mambuApi`. */
	credentialType: string;
	/** Stores what is there before the trigger is published. The sandbox is this row's own. */
	open(sandbox: Sandbox): TriggerStory;
}

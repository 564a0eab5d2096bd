import { POLLED, type PolledVendor } from '../faults/polledVendors';

type Opened = ReturnType<PolledVendor['open']>;

const modeOf = (
	base: string,
	name: string,
	change: (opened: Opened, ...given: Parameters<PolledVendor['open']>) => Partial<Opened>,
): PolledVendor => {
	const vendor = POLLED.find((one) => one.name === base)!;
	return {
		...vendor,
		name,
		open(sandbox) {
			const opened = vendor.open(sandbox);
			return { ...opened, ...change(opened, sandbox) };
		},
	};
};

/** What else the same triggers poll: another version of an API, another kind of record. */
export const MODES: PolledVendor[] = [
	modeOf('Mambu V2', 'Mambu V1', ({ credential }) => ({
		credential: { ...credential, apiVersion: 'v1' },
	})),
	modeOf('Nutrient, tasks', 'Nutrient, requests', (opened, { nutrient }) => ({
		// requests are watched by who started them
		credential: { ...opened.credential, userName: 'ada' },
		parameters: { ...opened.parameters, watch: 'requests' },
		add() {
			const task = nutrient.createApproval();
			const decide = () => void nutrient.workflow.decide(task, 'Approve', '');
			return { id: task.instanceSid, decide };
		},
	})),
	modeOf('opentaps, tasks', 'opentaps, activities', ({ parameters }, { opentaps }) => ({
		parameters: { ...parameters, watch: 'activities' },
		add() {
			const fields = { status: 'CREATED', activityType: 'EMAIL' };
			const entry = opentaps.createTask({ fields });
			return { id: entry.id, decide: () => void (entry.fields.status = 'COMPLETED') };
		},
	})),
];

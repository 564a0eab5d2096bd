import { BOB, CAROL, startNutrient, type Started } from './callNutrient';

let started: Started;
beforeEach(async () => (started = await startNutrient()));
afterEach(async () => await started.sandbox.close());

type Row = Record<string, unknown>;

/** An approval that Bob has decided, and what the service shows of it. */
async function decided() {
	const { client, nutrient, ada, bob } = started;
	const task = nutrient.createApproval({ recipients: [BOB, CAROL] });
	const approval = `/api/instance/tasktypes/approval/${task.recipientTaskSid}`;
	const body = { Approval: 'Approve', Comments: 'fine' };
	const read = async (path: string) => (await client.get(path, ada)).data as unknown;
	expect((await client.post(approval, body, bob)).status).toBe(200);
	return {
		task,
		answer: async () => await client.get(approval, ada),
		rows: async () =>
			(await read(`/api/instance/${task.instanceSid}/recipientTask/list/data`)) as Row[],
		detail: async () =>
			(await read(`/api/instance/${task.instanceSid}?includeCompletedForms=true`)) as {
				completedForms: Row[];
			},
	};
}

describe('a Nutrient decision is read back', () => {
	it.each([
		['none', {}],
		['approval', { approval: 'Approve', comments: 'fine' }],
		['selectedOption', { selectedOption: 'Approve' }],
		['object', { decision: { id: 1, label: 'Approve' } }],
		['data', { data: { Approval: 'Approve', Comments: 'fine' } }],
		[
			'pairs',
			{
				data: [
					{ name: 'Approval', value: 'Approve' },
					{ name: 'Comments', value: 'fine' },
				],
			},
		],
		['ownName', { freigabe: { ergebnis: 'Approve' } }],
	] as const)('from the rows of the request, as %s', async (rowDecision, shown) => {
		started.nutrient.options.rowDecision = rowDecision;
		const { rows } = await decided();
		const [, bobs, carols] = await rows();
		expect(bobs).toMatchObject({ taskState: 'Completed', ...shown });
		if (rowDecision === 'none') expect(JSON.stringify(bobs)).not.toContain('"Approve"');
		expect(JSON.stringify(carols)).not.toContain('"Approve"');
	});

	it('from rows that also list what could have been chosen', async () => {
		started.nutrient.options.rowChoices = true;
		const [, bobs, carols] = await (await decided()).rows();
		expect(bobs.approval).toBe('Approve');
		expect(carols.approval).toEqual(['Approve', 'Deny', 'Re-work']);
	});

	it('from the detail of the request, or not', async () => {
		const { detail, task } = await decided();
		expect((await detail()).completedForms).toMatchObject([
			{ taskName: 'Request Form', data: {} },
			{ recipientTaskSid: task.recipientTaskSid, approval: 'Approve', comments: 'fine' },
		]);
		started.nutrient.options.detailDecision = false;
		expect((await detail()).completedForms).toHaveLength(1);
	});

	it('from the approval itself: told, flagged, as before, or refused', async () => {
		const { nutrient } = started;
		const { answer } = await decided();
		const before = (await answer()).data;
		nutrient.options.decidedApproval = 'told';
		expect((await answer()).data).toEqual({ ...before, approval: 'Approve', comments: 'fine' });
		nutrient.options.decidedApproval = 'flagged';
		expect((await answer()).data.options).toMatchObject([
			{ label: 'Approve', selected: true },
			{ selected: false },
			{ selected: false },
		]);
		nutrient.options.decidedApproval = 'refused';
		expect((await answer()).status).toBe(400);
	});

	it('with the others ended by it as cancelled, or as completed without a choice', async () => {
		const { nutrient, client, bob } = started;
		for (const state of ['Cancelled', 'Completed'] as const) {
			nutrient.options.othersEndAs = state;
			const { recipientTaskSid } = nutrient.createApproval({ recipients: [BOB, CAROL] });
			const path = `/api/instance/tasktypes/approval/${recipientTaskSid}`;
			await client.post(path, { Approval: 'Deny', Comments: '' }, bob);
			expect(nutrient.tasks.at(-1)).toMatchObject({ state, decision: null });
		}
	});

	it('with the name of the requester, and the address only where that is played', async () => {
		const { rows } = await decided();
		const [, before] = await rows();
		expect([before.requesterName, before.requesterEmail]).toEqual(['Ada Lovelace', undefined]);
		started.nutrient.options.requesterEmails = true;
		const [, after] = await rows();
		expect(after.requesterEmail).toBe('ada@example.com');
	});
});

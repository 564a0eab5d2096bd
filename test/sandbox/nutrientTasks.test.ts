import { ADA, BOB, CAROL, startNutrient, type Started } from './callNutrient';

let started: Started;
beforeEach(async () => (started = await startNutrient()));
afterEach(async () => await started.sandbox.close());

type Rows = Array<Record<string, unknown>>;
const approval = (sid: string) => `/api/instance/tasktypes/approval/${sid}`;

describe('Nutrient task lists', () => {
	it('show what is open for the login, in pages', async () => {
		const { client, nutrient, bob, ada } = started;
		for (let n = 0; n < 4; n++) nutrient.createApproval({ name: `Request ${n}` });
		const list = async (params: object) =>
			(await client.get('/api/instance/mytask/list', { ...bob, params })).data as { items: Rows };
		expect(await list({})).toMatchObject({ total: 4 });
		const page = await list({ start: 2, count: 2 });
		expect(page.items.map(({ requestName }) => requestName)).toEqual(['Request 2', 'Request 3']);
		expect((await list({ search: 'request 3' })).items).toHaveLength(1);
		const filters = JSON.stringify([
			{ field: 'requestName', data: { comparison: 'contains', value: '1' } },
		]);
		expect((await list({ filters })).items).toHaveLength(1);
		const sorted = await list({ sort: 'requestName', dir: 'DESC' });
		expect(sorted.items[0].requestName).toBe('Request 3');
		expect((await client.get('/api/instance/mytask/list', ada)).data).toMatchObject({ total: 0 });
		const bad = { ...bob, params: { filters: 'no' } };
		expect((await client.get('/api/instance/mytask/list', bad)).status).toBe(400);
	});

	it('may ignore start, cap the page, and use other names', async () => {
		const { client, nutrient, bob } = started;
		for (let n = 0; n < 4; n++) nutrient.createApproval();
		nutrient.options.maxCount = 2;
		nutrient.options.ignoreStart = true;
		nutrient.options.naming = 'pascal';
		const params = { start: 2, count: 100 };
		const { data } = await client.get('/api/instance/mytask/list', { ...bob, params });
		const { items } = data as { items: Rows };
		expect(items.map(({ RecipientTaskSID }) => RecipientTaskSID)).toEqual(
			nutrient.tasks
				.filter(({ recipientSid }) => recipientSid === BOB.sid)
				.slice(0, 2)
				.map(({ recipientTaskSid }) => recipientTaskSid),
		);
	});

	it('search all tasks of a process', async () => {
		const { client, nutrient, ada } = started;
		nutrient.createApproval();
		const search = async (params: object) =>
			await client.get('/api/instance/task/search', { ...ada, params });
		expect((await search({})).status).toBe(400);
		const data = { comparison: 'eq', value: nutrient.processes[0].sid };
		const filters = JSON.stringify([{ field: 'processSid', data }]);
		expect((await search({ filters })).data).toMatchObject({ total: 2 });
	});
});

describe('Nutrient approvals', () => {
	it('tell their options in four shapes', async () => {
		const { client, nutrient, bob } = started;
		const { recipientTaskSid } = nutrient.createApproval();
		const read = async () => (await client.get(approval(recipientTaskSid), bob)).data as unknown;
		expect(await read()).toMatchObject({ options: [{ label: 'Approve' }, {}, {}] });
		nutrient.options.approvalOptions = 'strings';
		expect(await read()).toEqual(['Approve', 'Deny', 'Re-work']);
		nutrient.options.approvalOptions = 'wrapped';
		expect(await read()).toMatchObject({
			config: { approvalOptions: [{ Text: 'Approve' }, {}, {}] },
		});
		nutrient.options.approvalOptions = 'unreadable';
		expect(await read()).toEqual({ layout: 'v3', html: '<select></select>' });
		expect((await client.get(approval('unknown'), bob)).status).toBe(404);
	});

	it('are decided by the recipient with one of the options, once', async () => {
		const { client, nutrient, bob, ada } = started;
		const task = nutrient.createApproval();
		const decide = async (Approval: string, as = bob) =>
			await client.post(approval(task.recipientTaskSid), { Approval, Comments: 'ok' }, as);
		expect((await decide('Approve', ada)).status).toBe(403);
		expect((await decide('Yes')).status).toBe(400);
		expect((await decide('Approve')).data).toEqual({
			success: true,
			instanceSid: task.instanceSid,
		});
		expect(task).toMatchObject({ state: 'Completed', decision: 'Approve', comments: 'ok' });
		expect((await decide('Approve')).status).toBe(400);
		const [{ lastMilestone }] = nutrient.instances;
		expect(lastMilestone).toBe('Completed');
	});

	it('need every recipient to approve, and one to deny', async () => {
		const { client, nutrient, bob, carol } = started;
		const both = { recipients: [BOB, CAROL] };
		const body = (Approval: string) => ({ Approval, Comments: '' });
		const first = nutrient.createApproval(both);
		await client.post(approval(first.recipientTaskSid), body('Approve'), bob);
		expect(nutrient.instances[0].state).toBe('Started');
		const other = nutrient.tasks.at(-1)!;
		await client.post(approval(other.recipientTaskSid), body('Approve'), carol);
		expect(nutrient.instances[0].state).toBe('Completed');
		const second = nutrient.createApproval(both);
		await client.post(approval(second.recipientTaskSid), body('Deny'), bob);
		expect(nutrient.tasks.at(-1)?.state).toBe('Cancelled');
	});

	it('may take the known body only with the parameter, only without, or on the v7 path', async () => {
		const { client, nutrient, bob } = started;
		const send = async (query: string, prefix = '/api/instance') => {
			const { recipientTaskSid } = nutrient.createApproval();
			const path = `${prefix}/tasktypes/approval/${recipientTaskSid}${query}`;
			return (await client.post(path, { Approval: 'Approve', Comments: '' }, bob)).status;
		};
		nutrient.options.decisionContract = 'legacyParameter';
		expect([await send(''), await send('?legacy=true'), await send('', '')]).toEqual([
			400, 200, 200,
		]);
		nutrient.options.decisionContract = 'noParameter';
		expect([await send(''), await send('?legacy=true'), await send('', '')]).toEqual([
			200, 400, 200,
		]);
		const { recipientTaskSid } = nutrient.createApproval();
		expect((await client.post(approval(recipientTaskSid), { decision: 1 }, bob)).status).toBe(400);
	});
});

describe('Nutrient completions', () => {
	it('save a form as a draft, then complete it', async () => {
		const { client, nutrient, ada } = started;
		const instance = nutrient.workflow.start(nutrient.processes[1], ADA, {});
		const [task] = nutrient.tasks;
		const path = `/api/instance/tasktypes/form/${task.recipientTaskSid}`;
		const draft = await client.post(`${path}?isDraft=true`, { days: 3 }, ada);
		expect(draft.data).toEqual({ instance_sid: instance.sid, nextTasks: [] });
		expect(task).toMatchObject({ state: 'Started', data: { days: 3 } });
		await client.post(path, { days: 4 }, ada);
		expect(task).toMatchObject({ state: 'Completed', data: { days: 4 } });
		expect((await client.post(path, {}, ada)).status).toBe(400);
		expect(instance.state).toBe('Completed');
	});

	it('tell the fields of a data container and drop the keys they do not know', async () => {
		const { client, nutrient, bob } = started;
		const task = nutrient.createDataContainer();
		const path = `/api/instance/tasktypes/dataContainer/${task.recipientTaskSid}`;
		expect((await client.get(path, bob)).data).toEqual({
			field_configuration: [
				{ key: 'orderNumber', value_type: 'string' },
				{ key: 'amount', value_type: 'numeric' },
				{ key: 'orderedAt', value_type: 'date' },
			],
		});
		await client.post(`${path}?saveOnly=true`, { amount: 1 }, bob);
		expect(task).toMatchObject({ state: 'Started', data: { amount: 1 } });
		await client.post(path, { orderNumber: 'A1', other: 2 }, bob);
		expect(task).toMatchObject({ state: 'Completed', data: { amount: 1, orderNumber: 'A1' } });
	});

	it('reassign by a GET', async () => {
		const { client, nutrient, bob, carol } = started;
		const { recipientTaskSid } = nutrient.createApproval();
		const path = `/api/instance/task/recipientTask/${recipientTaskSid}/reassign`;
		expect((await client.get(`${path}/${CAROL.sid}`, carol)).status).toBe(403);
		expect((await client.get(`${path}/unknown`, bob)).status).toBe(404);
		const { data } = await client.get(`${path}/${CAROL.sid}`, bob);
		expect(nutrient.tasks.map(({ state }) => state)).toEqual([
			'Completed',
			'Reassigned',
			'Started',
		]);
		expect(data).toEqual({ recipientTaskSid: nutrient.tasks[2].recipientTaskSid });
	});
});

import { BOB, CAROL } from '../../sandbox';
import { PLUGIN, startSandbox, type Started } from './callAppmixer';
import { startReceiver } from './receiver';

let started: Started;
beforeEach(async () => (started = await startSandbox()));
afterEach(async () => await started.sandbox.close());

const inbox = async (approver?: string) =>
	String((await started.client.get('/inbox', { params: { approver } })).data);
const press = async (taskId: string, action: string) =>
	await started.client.post(`/inbox/${taskId}/${action}`);

describe('the inbox', () => {
	it('shows what waits for an approver, due tasks included, and what is needed to decide', async () => {
		const { appmixer } = started.sandbox;
		const open = appmixer.createTask({ title: 'Open', description: '**Why** it matters' });
		const due = appmixer.createTask({ title: 'Late' });
		due.status = 'due';
		const done = appmixer.createTask({ title: 'Finished' });
		await appmixer.approve(done.taskId);
		appmixer.createTask({ title: 'Not his', approver: CAROL.email });
		const page = await inbox(BOB.email);
		for (const { taskId, requester } of [open, due]) {
			expect(page).toContain(`data-task-id="${taskId}" data-action="approve"`);
			expect(page).toContain(`data-task-id="${taskId}" data-action="reject"`);
			expect(page).toContain(`id="approve-${taskId}"`);
			expect(page).toContain(requester);
		}
		expect(page).toContain('<strong>Why</strong>');
		expect(page).toContain(open.decisionBy?.toISOString());
		expect(page).not.toContain('Finished');
		expect(page).not.toContain('Not his');
		expect(page).toContain(`data-approver="${CAROL.email}"`);
		expect(await inbox(CAROL.email)).toContain('Not his');
	});

	it('is a page also when empty, for light and dark', async () => {
		const { status, headers, data } = await started.client.get('/inbox');
		expect(status).toBe(200);
		expect(headers['content-type']).toContain('text/html');
		expect(data).toContain('No tasks yet');
		expect(data).toContain('prefers-color-scheme: dark');
	});

	it('runs nothing that stands in a task', async () => {
		started.sandbox.appmixer.createTask({
			title: '<img src=x onerror=alert(1)>',
			description: '<script>alert(2)</script>\n\n[x](javascript:alert(3))',
		});
		const page = await inbox();
		expect(page).not.toContain('<img');
		expect(page).not.toContain('<script');
		expect(page).not.toContain('javascript:');
	});

	it('decides by the same code as the API, and shows the result', async () => {
		const receiver = await startReceiver();
		const { appmixer } = started.sandbox;
		const [yes, no] = [appmixer.createTask({ title: 'Yes' }), appmixer.createTask({ title: 'No' })];
		const { url } = receiver;
		await started.client.post(`${PLUGIN}/webhooks`, { url, taskId: yes.taskId }, started.ada);
		expect((await press(yes.taskId, 'approve')).data).toContain('“Yes” is approved.');
		expect((await press(no.taskId, 'reject')).data).toContain('“No” is rejected.');
		expect([yes.status, no.status]).toEqual(['approved', 'rejected']);
		expect(receiver.received.map(({ body }) => body.status)).toEqual(['approved']);
		await receiver.close();
	});

	it('shows why a decision was refused', async () => {
		const { taskId } = started.sandbox.appmixer.createTask();
		await press(taskId, 'approve');
		const again = await press(taskId, 'reject');
		expect(again.status).toBe(400);
		expect(again.data).toContain('Cannot reject task, already approved');
		expect((await press('unknown', 'approve')).status).toBe(404);
	});

	it('changes nothing on GET', async () => {
		const { taskId } = started.sandbox.appmixer.createTask();
		expect((await started.client.get(`/inbox/${taskId}/approve`)).status).toBe(404);
		expect(started.sandbox.appmixer.tasks[0].status).toBe('pending');
	});
});

import { startSandbox, type Started } from './callAppmixer';

let started: Started;
beforeEach(async () => (started = await startSandbox()));
afterEach(async () => await started.sandbox.close());

const open = async (link: Record<string, string>) =>
	await started.client.get('/dashboard', { params: link });
const press = async (link: Record<string, string>) =>
	await started.client.post('/dashboard', new URLSearchParams(link));

const newLink = (action: string) => {
	const task = started.sandbox.appmixer.createTask({ title: 'Three <laptops>' });
	return { task, link: { taskId: task.taskId, action, secret: task.approverSecret } };
};

describe('the page behind the links of an e-mail', () => {
	it.each([
		['approve', 'approved'],
		['reject', 'rejected'],
	])('asks on GET and decides on POST: %s', async (action, status) => {
		const { task, link } = newLink(action);
		const page = await open(link);
		expect(page.status).toBe(200);
		expect(page.headers['content-type']).toContain('text/html');
		expect(page.data).toContain('<form method="post" action="/dashboard">');
		expect(page.data).toContain(`<input type="hidden" name="action" value="${action}">`);
		expect(page.data).toContain('Three &lt;laptops&gt;');
		expect(task.status).toBe('pending');

		const answer = await press(link);
		expect(answer.status).toBe(200);
		expect(answer.data).toContain(`is ${status}.`);
		expect(task.status).toBe(status);
	});

	it('shows and decides nothing with a wrong secret', async () => {
		const { task, link } = newLink('approve');
		for (const secret of ['0'.repeat(64), task.requesterSecret]) {
			const page = await open({ ...link, secret });
			expect(page.status).toBe(403);
			expect(page.data).not.toContain('laptops');
			expect((await press({ ...link, secret })).status).toBe(403);
		}
		expect(task.status).toBe('pending');
	});

	it('says so when the task is unknown, decided already, or the link is not whole', async () => {
		const { task, link } = newLink('approve');
		expect((await open({ ...link, taskId: 'unknown' })).status).toBe(404);
		for (const key of ['taskId', 'action', 'secret']) {
			const part = Object.fromEntries(Object.entries(link).filter(([name]) => name !== key));
			expect((await open(part)).status).toBe(400);
			expect((await press(part)).status).toBe(400);
		}
		expect((await open({ ...link, action: 'due' })).status).toBe(400);
		await press(link);
		expect((await open({ ...link, action: 'reject' })).data).toContain('is approved already');
		const late = await press({ ...link, action: 'reject' });
		expect(late.status).toBe(400);
		expect(late.data).toContain('Cannot reject task, already approved');
		expect(task.status).toBe('approved');
	});
});

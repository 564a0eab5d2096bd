/** @jest-environment ./test/engine/environment.ts */
import { useSandbox } from './sandboxed';

const used = useSandbox();
const bytes = Buffer.from([0, 255, 128, 13, 10, 45, 45]);
const files = {
	data: { data: bytes.toString('base64'), mimeType: 'image/png', fileName: 'offer "1".png' },
};

describe('Nutrient files', () => {
	it('go up byte by byte, also after a renewed login', async () => {
		const { nutrient } = used;
		nutrient.fault({ path: /upload$/, status: 401, times: 1 });
		for (const uploadAnswer of ['array', 'object'] as const) {
			nutrient.options.uploadAnswer = uploadAnswer;
			const { outputs, error } = await used.run('file:upload', {}, { files });
			expect(error).toBeNull();
			const stored = nutrient.files.at(-1)!;
			expect(outputs[0][0].json).toMatchObject({ sid: stored.sid, size: 7 });
			expect(stored.bytes.equals(bytes)).toBe(true);
			expect(stored.mimeType).toBe('image/png');
		}
	});

	it("go up as `file-upload`, as the vendor's own clients send them, or under another name", async () => {
		const upload = async (options = {}) => await used.run('file:upload', { options }, { files });
		expect((await upload()).error).toBeNull();
		used.nutrient.options.uploadField = 'file';
		expect((await upload()).error?.description).toContain('No file uploaded');
		// what a workflow has stored keeps its meaning
		expect((await upload({ field: 'file' })).error).toBeNull();
		used.nutrient.options.uploadField = 'file-upload';
		expect((await upload({ field: 'file-upload' })).error).toBeNull();
		expect((await upload({ field: 'file' })).error?.description).toContain('No file uploaded');
	});

	it('need a tenant and an input file', async () => {
		const { baseUrl } = used.as('');
		const accessToken = used.nutrient.issueToken(used.nutrient.options.users[0]);
		const credential = { baseUrl, authentication: 'token', accessToken };
		const { error } = await used.run('file:upload', {}, { files, credential });
		expect(error?.message).toBe('Tenant ID is empty');
		const none = await used.run('file:upload', { binaryPropertyName: 'other' }, { files });
		expect(none.error?.message).toContain('other');
		expect(used.received()).toEqual([]);
	});

	it.each(['relative', 'absolute'] as const)('come down by a %s link', async (downloadLink) => {
		const { nutrient } = used;
		nutrient.options.downloadLink = downloadLink;
		const { instanceSid } = nutrient.createApproval();
		nutrient.addFile(instanceSid, '../naïve.pdf', bytes, 'application/pdf');
		const listed = await used.run('request:getFiles', { requestId: instanceSid });
		const link = String(listed.outputs[0][0].json.downloadLink);
		const { outputs } = await used.run('file:download', {
			downloadBy: 'link',
			downloadLink: link,
			binaryPropertyName: 'offer',
		});
		expect(outputs[0][0].binary?.offer).toMatchObject({
			data: bytes.toString('base64'),
			mimeType: 'application/pdf',
			fileName: 'naïve.pdf',
		});
		expect(used.received().at(-1)?.query).toEqual({ ownerType: 'instance' });
	});

	it.each([
		'https://files.elsewhere.example/api/files/1/download',
		'//files.elsewhere.example/api/files/1/download',
		'/\\files.elsewhere.example/x',
		'http://user@files.elsewhere.example:1/',
	])('never take the token to %s', async (downloadLink) => {
		const { error } = await used.run('file:download', { downloadBy: 'link', downloadLink });
		expect(error?.message).toContain('The link leads to files.elsewhere.example');
		expect(used.nutrient.requests).toEqual([]);
	});

	it('need a link that is an address', async () => {
		const { error } = await used.run('file:download', {
			downloadBy: 'link',
			downloadLink: 'http://[',
		});
		expect(error?.message).toBe('The link "http://[" is not an address');
	});

	it('are not followed to where the server sends them', async () => {
		const location = 'https://files.elsewhere.example/x';
		used.nutrient.fault({ path: /download$/, status: 302, headers: { location }, body: '' });
		const { error } = await used.run('file:download', { fileId: 'x' });
		expect(error?.message).toContain('redirected the call');
		expect(used.received()).toHaveLength(1);
	});

	it('that say `expired token`, or are a login page, are none', async () => {
		const { nutrient } = used;
		const { instanceSid } = nutrient.createApproval();
		const { sid } = nutrient.addFile(instanceSid, 'a.bin', bytes);
		nutrient.options.expiredAnswer = 'text200';
		const first = await used.run('file:download', { fileId: sid });
		const credential = { ...first.parked.credentials.stored.data };
		nutrient.expireTokens();
		const renewed = await used.run('file:download', { fileId: sid }, { credential });
		expect(renewed.outputs[0][0].binary?.data.data).toBe(bytes.toString('base64'));
		nutrient.fault({ path: /download$/, status: 200, html: '<html>Log in</html>' });
		const { error } = await used.run('file:download', { fileId: sid });
		expect(error?.message).toContain('something that is not its API');
	});

	it('come out of reports with their bytes', async () => {
		const reportId = used.nutrient.reports[0].sid;
		const { outputs } = await used.run('report:export', { reportId });
		const text = Buffer.from(String(outputs[0][0].binary?.data.data), 'base64').toString();
		expect(text.split('\r\n')[0]).toBe('request,department,amount,day');
	});
});

import { startNutrient, type Started } from './callNutrient';

let started: Started;
beforeEach(async () => (started = await startNutrient()));
afterEach(async () => await started.sandbox.close());

type Rows = Array<Record<string, unknown>>;

describe('Nutrient reports', () => {
	it('are searched', async () => {
		const { client, ada } = started;
		const params = { search: 'open' };
		expect((await client.get('/api/reports/search', { ...ada, params })).data).toMatchObject({
			total: 1,
			items: [{ name: 'Open Purchases' }],
		});
	});

	it('run with their defaults, or with filters and a date filter', async () => {
		const { client, nutrient, ada } = started;
		const path = `/api/reports/${nutrient.reports[0].sid}/run`;
		const run = async (filters: unknown) => (await client.post(path, filters, ada)).data as Rows;
		expect((await client.get(path, { ...ada, params: { limit: 2 } })).data).toHaveLength(2);
		expect(await run([{ label: 'Department', value: 'IT' }])).toHaveLength(2);
		expect(
			await run([{ label: 'ExposeDateFilter', value: ['2026-03-01', '2026-03-31'] }]),
		).toHaveLength(2);
		expect(await run([{ label: 'ExposeDateFilter', value: '0' }])).toEqual([]);
		expect((await client.post(path, [{ label: 'Nope', value: 1 }], ada)).status).toBe(400);
		expect((await client.post(path, { label: 'Nope' }, ada)).status).toBe(400);
		nutrient.options.reportRows = 'rows';
		expect((await client.get(path, ada)).data).toMatchObject({ rows: [{}, {}, {}] });
		expect((await client.get('/api/reports/unknown/run', ada)).status).toBe(404);
	});

	it('are exported as a file', async () => {
		const { client, nutrient, ada } = started;
		const path = `/api/reports/${nutrient.reports[0].sid}/export/data`;
		const { data, headers } = await client.get(`${path}/csv_utf8`, {
			...ada,
			params: { start: 1, count: 1 },
		});
		expect(data).toBe('request,department,amount,day\r\n1002,Sales,80,2026-03-20\r\n');
		expect(headers['content-disposition']).toBe('attachment; filename="Open Purchases.csv"');
		expect((await client.get(`${path}/pdf`, ada)).status).toBe(400);
	});
});

describe('Nutrient users', () => {
	it('are listed and read', async () => {
		const { client, nutrient, ada } = started;
		const { data } = await client.get('/api/user/', { ...ada, params: { count: 2 } });
		expect(data).toMatchObject({ total: 3, items: [{ userName: 'ada' }, { userName: 'bob' }] });
		const path = `/api/user/${nutrient.options.users[1].sid}`;
		expect((await client.get(path, ada)).data).not.toHaveProperty('isActive');
		expect((await client.get(`${path}/full`, ada)).data).toMatchObject({ isActive: true });
		expect((await client.get('/api/user/unknown', ada)).status).toBe(404);
	});

	it('are created and updated by managers, with the record or a bare value', async () => {
		const { client, nutrient, ada, bob } = started;
		const dora = { userName: 'dora', firstName: 'Dora', email: 'dora@example.com' };
		const created = await client.post('/api/user/', dora, ada);
		expect(created.data).toMatchObject(dora);
		expect((await client.post('/api/user/', dora, ada)).status).toBe(400);
		expect((await client.post('/api/user/', {}, ada)).status).toBe(400);
		expect((await client.post('/api/user/', dora, bob)).status).toBe(403);
		nutrient.options.userAnswer = 'bare';
		const eve = await client.post('/api/user/', { UserName: 'eve' }, ada);
		expect(eve.data).toBe(nutrient.options.users.at(-1)?.sid);
		const path = `/api/user/${String(eve.data)}`;
		expect((await client.put(path, { NameFirst: 'Eve' }, ada)).data).toBe(true);
		expect(nutrient.options.users.at(-1)?.firstName).toBe('Eve');
		nutrient.options.userAnswer = 'object';
		expect((await client.put(path, { lastName: 'Evans' }, ada)).data).toMatchObject({
			firstName: 'Eve',
			lastName: 'Evans',
		});
		expect((await client.put(path, {}, bob)).status).toBe(403);
	});
});

describe('Nutrient files', () => {
	it('are uploaded byte by byte under one of two field names, and downloaded', async () => {
		const { client, nutrient, ada } = started;
		const bytes = Buffer.from([0, 255, 128, 13, 10, 45, 45]);
		const upload = async (field: string, tenant = 'acme') => {
			const form = new FormData();
			form.append(field, new Blob([bytes], { type: 'image/png' }), 'naïve.png');
			return await client.post(`/api/files/temp/${tenant}/upload`, form, ada);
		};
		const { data } = await upload('file-upload');
		const [{ sid }] = data as Array<{ sid: string }>;
		expect(data).toEqual([{ sid, originalFilename: 'naïve.png', size: 7 }]);
		expect((await upload('file')).status).toBe(400);
		expect((await upload('file-upload', 'other')).status).toBe(404);
		nutrient.options.uploadField = 'file';
		nutrient.options.uploadAnswer = 'object';
		expect((await upload('file')).data).toMatchObject({ size: 7 });

		const path = `/api/files/${sid}/download`;
		const download = await client.get(path, { ...ada, responseType: 'arraybuffer' });
		expect(Buffer.from(download.data as ArrayBuffer).equals(bytes)).toBe(true);
		expect(download.headers).toMatchObject({
			'content-type': 'image/png',
			'content-disposition': "attachment; filename*=UTF-8''na%C3%AFve.png",
		});
		expect((await client.get('/api/files/unknown/download', ada)).status).toBe(404);
	});
});

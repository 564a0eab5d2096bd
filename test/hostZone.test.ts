/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- dev-only, never shipped */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

import { filesIn } from './packageSources';

const ROOT = resolve(__dirname, '..');

/** As services write a time, and what a Task record says; a zone that is not named is UTC. */
const DATES: Array<[unknown, string | null]> = [
	['2026-12-01T17:00:00', '2026-12-01T17:00:00.000Z'],
	['2026-12-01T17:00:00.123', '2026-12-01T17:00:00.123Z'],
	['2026-12-01 17:00:00', '2026-12-01T17:00:00.000Z'],
	['2026-12-01t17:00:00z', '2026-12-01T17:00:00.000Z'],
	['2026-12-01T17:00:00+0100', '2026-12-01T16:00:00.000Z'],
	['2026-12-01 17:00:00 +05:45', '2026-12-01T11:15:00.000Z'],
	['2026-12-01', '2026-12-01'],
	['2026-12-01T00:00:00', '2026-12-01T00:00:00.000Z'],
	['12/1/2026 5:00:00 PM', '2026-12-01T17:00:00.000Z'],
	['Dec 1, 2026 17:00', '2026-12-01T17:00:00.000Z'],
	['Tue, 01 Dec 2026 17:00:00 GMT', '2026-12-01T17:00:00.000Z'],
	['Tue Dec 01 2026 17:00:00 GMT+0100', '2026-12-01T16:00:00.000Z'],
	['26-Nov-2026', '2026-11-26T00:00:00.000Z'],
	['26-Nov-2026 10:00', '2026-11-26T10:00:00.000Z'],
	['26 Nov 2026 10:00 GMT+2', '2026-11-26T08:00:00.000Z'],
	['26 Nov 2026 10:00:00 UTC+05:30', '2026-11-26T04:30:00.000Z'],
	['26 Nov 2026 10:00 GMT+5:30', '2026-11-26T04:30:00.000Z'],
	['26 Nov 2026 10:00 -5', '2026-11-26T15:00:00.000Z'],
	['11/26/2026 5:00 PM EST', '2026-11-26T22:00:00.000Z'],
	['2026-12-01T17:00:00Z', '2026-12-01T17:00:00.000Z'],
	['2026-12-01T17:00:00.5Z', '2026-12-01T17:00:00.500Z'],
	['2026-02-31T10:00:00Z', null],
	['2026-13-01T10:00:00Z', null],
	['2026-12-01T24:00:00Z', '2026-12-02T00:00:00.000Z'],
	['2026-02-31', null],
	['2026-12-01T25:00:00', null],
	['task 7', null],
	['order no 2026', null],
	['17:00', null],
	['', null],
	[null, null],
];

/** The due date every vendor makes of a text, read in a process of its own: a host's zone is set when it starts. */
const SCRIPT = `
	const [root, texts] = process.argv.slice(1);
	const of = (vendor) => require(root + '/dist/nodes/' + vendor + '/task.js').toTask;
	const zone = { timezone: 'utc', monthFirst: true };
	const readers = {
		Affinitext: (date) => of('Affinitext')({ dueDate: date, status: 'Open' }, '1', zone),
		Appmixer: (date) => of('Appmixer')({ taskId: '1', decisionBy: date, created: date }),
		Mambu: (date) => of('Mambu')({ id: 1, dueDate: date, creationDate: date }),
		Nutrient: (date) => of('Nutrient')({ sid: '1', dueDate: date, startDate: date }),
		Opentaps: (date) => of('Opentaps')({ _id: '1', scheduledDateTime: date }, null),
	};
	const tasks = Object.entries(readers).map(([name, read]) => [name, JSON.parse(texts).map(read)]);
	console.log(JSON.stringify(Object.fromEntries(tasks)));
`;

type Tasks = Record<string, Array<Record<string, unknown>>>;

async function tasksOn(TZ: string): Promise<Tasks> {
	const texts = JSON.stringify(DATES.map(([date]) => date));
	const env = { ...process.env, TZ };
	const { stdout } = await promisify(execFile)(process.execPath, ['-e', SCRIPT, ROOT, texts], {
		env,
	});
	return JSON.parse(stdout) as Tasks;
}

it('makes the same tasks of the same answers, wherever the host is', async () => {
	const zones = ['UTC', 'America/New_York', 'Asia/Kathmandu'];
	const [utc, ...others] = await Promise.all(zones.map(tasksOn));
	const vendors = filesIn('test/nodes', /\/names\.json$/).map((file) => file.split('/')[2]);
	expect(Object.keys(utc)).toEqual(vendors);
	for (const tasks of others) expect(tasks).toEqual(utc);

	const { Affinitext, ...wired } = utc;
	for (const [vendor, tasks] of Object.entries(wired)) {
		const due = tasks.map(({ dueAt }, index) => [DATES[index][0], dueAt]);
		expect([vendor, due]).toEqual([vendor, DATES]);
	}
	expect(Affinitext[0].dueAt).toBe('2026-12-01T17:00:00.000Z');
});

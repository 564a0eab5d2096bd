import type { Cluster } from '../../../scripts/faults/cluster';
import { findSecrets, type Place } from '../../e2e/findSecrets';
import { n8nFiles } from '../../e2e/n8nFiles';
import type { Secrets, SeenSecrets } from '../seenSecrets';

const whole = (seen: SeenSecrets[], part: keyof SeenSecrets): Secrets =>
	Object.assign({}, ...seen.map((one) => one[part])) as Secrets;

/** Last: searches what all the rows before have left. */
export function secrets(running: () => Cluster, seen: SeenSecrets[]): void {
	describe('queue mode: after all that', () => {
		let database: Place[];
		let beside: Place[];
		beforeAll(async () => {
			const { postgres, redis, folder, repair } = running();
			await repair();
			database = [{ name: 'dump of the database', content: postgres.dump() }];
			beside = [...n8nFiles(redis.folder), ...n8nFiles(folder)];
		}, 600_000);

		it('the search finds what is no secret', () => {
			const found = findSecrets(database, whole(seen, 'harmless'));
			expect(found.length).toBeGreaterThan(10);
			const names = beside.map(({ name }) => name.replace(/.*\//, ''));
			expect(names).toEqual(
				expect.arrayContaining(['main.log', 'processor.log', 'worker1.log', 'postgres.log']),
			);
			expect(names.some((name) => name.endsWith('.aof'))).toBe(true);
			const queue = beside.filter(({ name }) => name.endsWith('.aof'));
			expect(queue.some(({ content }) => content.includes('executionId'))).toBe(true);
		});

		it("no secret is in the database's dump, in what Redis wrote, in executions or in logs", () => {
			const all = whole(seen, 'nowhere');
			for (const kind of ['access', 'session', 'callback', 'approver', 'requester']) {
				expect(Object.keys(all).some((name) => name.startsWith(kind))).toBe(true);
			}
			expect(findSecrets([...database, ...beside], all)).toEqual([]);
		});

		it("n8n's resume tokens are in its database only", () => {
			const tokens = whole(seen, 'inDatabase');
			expect(Object.keys(tokens).length).toBeGreaterThan(0);
			expect(findSecrets(beside, tokens)).toEqual([]);
		});
	});
}

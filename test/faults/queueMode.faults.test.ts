import { startCluster, type Cluster } from '../../scripts/faults/cluster';
import { packedPackage, tell } from './packedPackage';
import { waitKills } from './queue/waitKills';
import { waits } from './queue/waits';

let cluster: Cluster;
beforeAll(async () => {
	cluster = await startCluster({ tarball: packedPackage(), log: tell });
}, 600_000);
afterAll(async () => await cluster?.stop(), 120_000);

const running = () => cluster;
waits(running);
waitKills(running);

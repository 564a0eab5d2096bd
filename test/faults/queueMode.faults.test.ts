import { startCluster, type Cluster } from '../../scripts/faults/cluster';
import { packedPackage, tell } from './packedPackage';
import { again } from './queue/again';
import { hanging } from './queue/hanging';
import { polling } from './queue/polling';
import type { Running } from './queue/queueRow';
import { renewal } from './queue/renewal';
import { secrets } from './queue/secrets';
import { several } from './queue/several';
import { shapes } from './queue/shapes';
import { triggerKills } from './queue/triggerKills';
import { triggerPublishing } from './queue/triggerPublishing';
import { triggers } from './queue/triggers';
import { twoEnds } from './queue/twoEnds';
import { waitKills } from './queue/waitKills';
import { waits } from './queue/waits';
import { workers } from './queue/workers';

let cluster: Cluster;
beforeAll(async () => {
	cluster = await startCluster({ tarball: packedPackage(), log: tell });
}, 600_000);
afterAll(async () => await cluster?.stop(), 120_000);

const running: Running = Object.assign(() => cluster, { seen: [] });
waits(running);
shapes(running);
renewal(running);
waitKills(running);
workers(running);
hanging(running);
again(running);
several(running);
twoEnds(running);
triggers(running);
triggerPublishing(running);
triggerKills(running);
polling(running);
secrets(running, running.seen);

import { PUBLISHED_SOONER } from '../../scripts/faults/queueMode';
import { installN8n } from '../../scripts/n8n/install';
import { startN8n } from '../../scripts/n8n/start';
import { load } from './oneProcess/load';
import { notStored } from './oneProcess/notStored';
import type { OneProcess } from './oneProcess/oneRow';
import { polling } from './oneProcess/polling';
import { several } from './oneProcess/several';
import { packedPackage, tell } from './packedPackage';

let n8n: OneProcess;
beforeAll(async () => {
	const installed = await installN8n();
	const instance = await startN8n({ tarball: packedPackage(), env: PUBLISHED_SOONER, log: tell });
	n8n = { installed, instance };
}, 600_000);
afterAll(async () => await n8n?.instance.stop(), 120_000);

const running = () => n8n;
load(running);
notStored(running);
several(running);
polling(running);

import { ADA, BOB, CAROL } from '../../sandbox';
import { clockAhead } from './clockAhead';
import { credentialTypeOf, nodeTypeOf, packageLoaded } from './loadedPackage';
import { logged } from './log';
import { openLoop } from './looping';
import { openPolling, searchList } from './polling';
import { runNode, seenError } from './runNode';
import { startSandbox } from './sandboxes';
import { testCredential } from './testCredential';
import { openTrigger } from './trigger';
import { openWait } from './waiting';

const realTimeout = AbortSignal.timeout.bind(AbortSignal);

/** Divides the deadline of every whole request that nodes of this process make from now on. 1: back to normal. */
function deadlinesDividedBy(impatience: number): void {
	AbortSignal.timeout = (ms) => realTimeout(Math.ceil(ms / impatience));
}

/** Everything a test drives the built package with. */
export const engine = {
	ADA,
	BOB,
	CAROL,
	startSandbox,
	runNode,
	testCredential,
	openTrigger,
	openPolling,
	openWait,
	openLoop,
	searchList,
	logged,
	clockAhead,
	deadlinesDividedBy,
	seenError,
	nodeTypeOf,
	credentialTypeOf,
	packageLoaded,
};

export type Engine = typeof engine;

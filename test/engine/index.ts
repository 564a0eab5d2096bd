/* eslint-disable @n8n/community-nodes/no-restricted-globals -- dev-only, never shipped */
import type { Engine } from './engine';

// most take milliseconds; a machine that also runs the e2e tests takes its time
jest.setTimeout(60_000);

/** The engine of `environment.ts`; a test file asks for it with `@jest-environment ./test/engine/environment.ts`. */
export const engine = (globalThis as unknown as { taskEngine: Engine }).taskEngine;

export type { RunResult, SeenError, SeenItem } from './runNode';
export type { Trigger } from './trigger';
export type { Polling } from './polling';
export type { Wait } from './waiting';

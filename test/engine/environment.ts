import { TestEnvironment } from 'jest-environment-node';

import { engine } from './engine';
import { closeSandboxes } from './sandboxes';

/**
 * Gives test files the engine. It lives outside jest's sandbox, so n8n-core and the built package are loaded once
 * per process instead of once per test file, and run in the same plain Node.js realm as in n8n.
 */
export default class EngineEnvironment extends TestEnvironment {
	async setup(): Promise<void> {
		await super.setup();
		Object.assign(this.global, { taskEngine: engine });
	}

	async teardown(): Promise<void> {
		await closeSandboxes();
		await super.teardown();
	}
}

/** @type {import('jest').Config} */
const shared = {
	rootDir: __dirname,
	testEnvironment: 'node',
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{ jsc: { target: 'es2021', parser: { syntax: 'typescript', decorators: true } } },
		],
	},
	modulePathIgnorePatterns: ['<rootDir>/dist/package.json'],
};

module.exports = {
	testTimeout: 60_000,
	projects: [
		{
			...shared,
			displayName: 'unit',
			testMatch: ['<rootDir>/test/**/*.test.ts'],
			testPathIgnorePatterns: [
				'/node_modules/',
				'/test/(e2e|faults|sandbox|scripts)/',
				'badInputs.test.ts$',
			],
		},
		{
			// what the tests and the demo stand on
			...shared,
			displayName: 'tools',
			testMatch: ['<rootDir>/test/{sandbox,scripts}/**/*.test.ts'],
		},
		{
			// hundreds of cases, generated from the built nodes; many wait between tries
			...shared,
			displayName: 'badInputs',
			testMatch: ['<rootDir>/test/**/badInputs.test.ts'],
		},
		{
			...shared,
			displayName: 'e2e',
			testMatch: ['<rootDir>/test/e2e/**/*.e2e.test.ts'],
			globalSetup: '<rootDir>/test/e2e/globalSetup.ts',
			globalTeardown: '<rootDir>/test/e2e/globalTeardown.ts',
		},
		{
			// kills what it started, and takes long: part of `npm test -- all` only
			...shared,
			displayName: 'faults',
			testMatch: ['<rootDir>/test/faults/**/*.faults.test.ts'],
			globalSetup: '<rootDir>/test/faults/globalSetup.ts',
		},
	],
};

const { execFile } = require('node:child_process');
const { mkdir, rename, rm } = require('node:fs/promises');
const { promisify } = require('node:util');
const { dest, parallel, series, src } = require('gulp');

const run = promisify(execFile);

// built beside and swapped in whole, so that nobody reads a half-built dist
const staging = `node_modules/.cache/build-${process.pid}`;

async function compile() {
	const tsc = require.resolve('typescript/bin/tsc');
	try {
		await run(process.execPath, [tsc, '-p', 'tsconfig.json', '--outDir', staging]);
	} catch (error) {
		throw new Error(error.stdout || error.message);
	}
}

const copy = () =>
	src(['{nodes,credentials}/**/*.{svg,json}'], { encoding: false }).pipe(dest(staging));

async function swap() {
	const old = `${staging}-old`;
	await mkdir(old, { recursive: true });
	await rename('dist', `${old}/dist`).catch(() => {});
	await rename(staging, 'dist');
	await rm(old, { recursive: true, force: true });
}

exports.build = series(parallel(compile, copy), swap);
exports.default = exports.build;

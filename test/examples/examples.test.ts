/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { INode } from 'n8n-workflow';

import { EXAMPLES, readExamples } from '../../scripts/demo/examples';
import type { WorkflowJson } from '../../scripts/n8n/workflows';

const ROOT = resolve(__dirname, '../..');
const STICKY = 'n8n-nodes-base.stickyNote';
/** A node with its name below it, on n8n's canvas. */
const NODE = { width: 140, height: 140 };

const files = readdirSync(EXAMPLES);
const all = files.map((file): [string, WorkflowJson] => [
	file,
	JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) as WorkflowJson,
]);
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const isWait = ({ type, parameters }: INode) =>
	type.startsWith('n8n-nodes-task-approvals.') && parameters.operation === 'wait';

const boxOf = ({ type, position: [left, top], parameters }: INode) => {
	const { width, height } = (type === STICKY ? parameters : NODE) as typeof NODE;
	return { left, top, right: left + width, bottom: top + height };
};

it('the demo plays every example, and the README names it', () => {
	expect(Object.keys(readExamples())).toHaveLength(files.length);
	for (const file of files) expect(readme).toContain(`](examples/${file})`);
});

it.each(all)('nothing of %s lies on anything else, and notes say what to do', (_, { nodes }) => {
	const overlapping = nodes.flatMap((one, index) =>
		nodes.slice(index + 1).flatMap((other) => {
			const [a, b] = [boxOf(one), boxOf(other)];
			const apart =
				a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
			return apart ? [] : [`${one.name} and ${other.name}`];
		}),
	);
	expect(overlapping).toEqual([]);
	const notes = nodes.filter(({ type }) => type === STICKY);
	expect(String(notes[0]?.parameters.content)).toContain('**To use it');
});

it.each(all)('%s goes on as a user would have it', (_, { nodes, connections, ...more }) => {
	// L5: with pinned data on a wait n8n runs in circles
	expect(more).not.toHaveProperty('pinData');
	const asking = nodes.filter(({ type }) => /approvals\.appmixer(HitlTool)?$/.test(type));
	// the safer defaults
	expect(asking.filter(({ typeVersion }) => typeVersion !== 1.1)).toEqual([]);
	for (const { name } of nodes.filter(isWait)) {
		const again = connections[name].main[0];
		expect(again).toEqual([{ node: name, type: 'main', index: 0 }]);
		const others = connections[name].main.slice(1);
		expect(others.filter((wires) => !wires?.length)).toEqual([]);
	}
});

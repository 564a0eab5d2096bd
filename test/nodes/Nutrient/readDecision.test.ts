/** @jest-environment ./test/engine/environment.ts */
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { chosenOption, decisionOf } from '../../../nodes/Nutrient/readDecision';
import { BOB, CAROL } from '../../../sandbox/nutrient/options';
import type { RecipientTask } from '../../../sandbox/nutrient/store';
import { FUZZ } from '../../fuzz';
import { byId, useSandbox } from './sandboxed';

const used = useSandbox();
const RAW = { simple: false };

/** What the service shows of a request and one approval in it, read over HTTP by the built node. */
async function shown({ instanceSid, recipientTaskSid }: RecipientTask) {
	const asAda = { credential: used.as('ada') };
	const read = async (operation: string, parameters: object) => {
		const { outputs, error } = await used.run(operation, { ...RAW, ...parameters }, asAda);
		return error ? [] : outputs[0].map(({ json }) => json);
	};
	const requestId = byId(instanceSid);
	const rows = await read('request:getTasks', { requestId });
	const [request] = await read('request:get', {
		requestId,
		options: { includeCompletedForms: true },
	});
	const [approval] = await read('task:getApprovalOptions', { taskId: recipientTaskSid });
	return { rows, request, approval };
}

const decide = (task: RecipientTask, label = 'Approve') =>
	used.nutrient.workflow.decide(task, label, 'Deny it is not');

describe('the option that was chosen', () => {
	it.each([
		['approval', undefined, 'Approve'],
		['selectedOption', undefined, 'Approve'],
		['object', undefined, 'Approve'],
		['none', undefined, null],
		['data', undefined, null],
		['data', 'data.approval', 'Approve'],
		['data', 'Data.Approval', 'Approve'],
		['pairs', undefined, null],
		['pairs', 'data.Approval', 'Approve'],
		['ownName', undefined, null],
		['ownName', 'freigabe.ergebnis', 'Approve'],
		['ownName', 'freigabe', null],
		['ownName', 'freigabe.anderes', null],
		['approval', 'freigabe.ergebnis', null],
		['object', 'decision', 'Approve'],
		['object', 'decision.id', '1'],
	] as const)('shown in the rows as %s, read by the name %s, is %s', async (shape, name, label) => {
		const { options } = used.nutrient;
		for (const naming of ['camel', 'pascal'] as const) {
			Object.assign(options, { naming, rowDecision: shape, detailDecision: false });
			const task = used.nutrient.createApproval();
			decide(task);
			const { rows } = await shown(task);
			expect(chosenOption(task.recipientTaskSid, { rows }, name)).toBe(label);
		}
	});

	it('is read from the detail of the request, or the approval itself, where only that shows it', async () => {
		Object.assign(used.nutrient.options, { rowDecision: 'none', decidedApproval: 'told' });
		const task = used.nutrient.createApproval();
		decide(task);
		const { rows, request, approval } = await shown(task);
		const id = task.recipientTaskSid;
		expect(chosenOption(id, { rows })).toBeNull();
		expect(chosenOption(id, { rows, request })).toBe('Approve');
		expect(chosenOption(id, { rows, approval })).toBe('Approve');
	});

	it.each(['asBefore', 'flagged', 'refused'] as const)(
		'is not guessed from an approval that is told %s',
		async (decidedApproval) => {
			Object.assign(used.nutrient.options, { rowDecision: 'none', decidedApproval });
			Object.assign(used.nutrient.options, { detailDecision: false, rowChoices: true });
			const [, { options = [] }] = used.nutrient.processes[0].tasks;
			// even when there is only one to choose
			options.splice(1);
			const task = used.nutrient.createApproval();
			decide(task);
			expect(chosenOption(task.recipientTaskSid, await shown(task))).toBeNull();
		},
	);

	it('is each assignee’s own, and nobody’s whose copy is open, cancelled, reassigned, late or ended by another', async () => {
		const { nutrient } = used;
		const all = { recipients: [BOB, CAROL] };
		const read = async (task: RecipientTask) =>
			chosenOption(task.recipientTaskSid, await shown(task));
		const carolsOf = (task: RecipientTask) =>
			nutrient.tasks.find(
				(other) => other.instanceTaskSid === task.instanceTaskSid && other !== task,
			)!;
		const first = nutrient.createApproval(all);
		decide(first);
		expect([await read(first), await read(carolsOf(first))]).toEqual(['Approve', null]);
		decide(carolsOf(first), 'Deny');
		expect([await read(first), await read(carolsOf(first))]).toEqual(['Approve', 'Deny']);
		for (const state of ['Cancelled', 'Completed'] as const) {
			nutrient.options.othersEndAs = state;
			const ended = nutrient.createApproval(all);
			decide(ended, 'Deny');
			expect(await read(carolsOf(ended))).toBeNull();
		}
		const late = nutrient.createApproval();
		nutrient.workflow.timeOut(late);
		expect(await read(late)).toBeNull();
		const given = nutrient.createApproval();
		const theirs = nutrient.workflow.reassign(given, CAROL);
		decide(theirs);
		expect([await read(given), await read(theirs)]).toEqual([null, 'Approve']);
		const cancelled = nutrient.createApproval(all);
		decide(cancelled);
		nutrient.workflow.cancel(nutrient.workflow.instance(cancelled.instanceSid));
		expect([await read(cancelled), await read(carolsOf(cancelled))]).toEqual(['Approve', null]);
	});

	it('is nothing for rows that do not show whose they are, and for a task that is not there', async () => {
		const task = used.nutrient.createApproval();
		decide(task);
		const { rows } = await shown(task);
		expect(chosenOption('unknown', { rows })).toBeNull();
		expect(chosenOption('', { rows })).toBeNull();
		used.nutrient.options.ownTaskIds = false;
		expect(chosenOption(task.recipientTaskSid, await shown(task))).toBeNull();
	});
});

describe('a row of a task', () => {
	const DONE = { recipientTaskSid: 'r1', taskType: 'approval', taskState: 'Completed' };
	const of = (row: IDataObject, name?: string, more: object = {}) =>
		chosenOption('r1', { rows: [{ ...DONE, ...row }], ...more }, name);

	it.each([
		[{ approval: ' Approve ' }, 'Approve'],
		[{ Approval: 'Approve', decision: 'approve' }, 'Approve'],
		[{ approval: { decision: { label: 'Approve' } } }, 'Approve'],
		[{ taskType: 'ApprovalTask', approval_decision: 'Approve' }, 'Approve'],
		[{ taskType: null, approval: 'Approve' }, 'Approve'],
		// what differs
		[{ Approval: 'Approve', decision: 'Deny' }, null],
		[{ Approval: 'Approve', approval: 'Deny' }, null],
		[{ approval: { decision: 'Approve', selectedOption: 'Deny' } }, null],
		// what could be chosen, and what is the task's own
		[{ approval: ['Approve'] }, null],
		[{ approvalOptions: 'Approve' }, null],
		[{ approval: { label: 'Approve', options: ['Approve'] } }, null],
		[{ decision: { label: 'Approve', options: ['Approve', 'Deny'] } }, null],
		[{ approval: { name: 'Approve' } }, null],
		[{ approval: true, decision: 1, selectedOption: '' }, null],
		// what people have written
		[{ comments: 'Approve', requestName: 'Approve', taskName: 'Approve' }, null],
		[{ data: { approval: 'Approve', decision: 'Approve' } }, null],
		[{ taskType: 'form', approval: 'Approve', decision: 'Approve' }, null],
		// as long as it is not done, or a state of no known name
		[{ taskState: 'Started', approval: 'Approve' }, null],
		[{ taskState: 'Approved', approval: 'Approve' }, null],
		[{ taskState: null, approval: 'Approve' }, null],
		[{ taskState: 'Reassigned', approval: 'Approve' }, null],
	])('%j tells %s', (row, label) => {
		expect(of(row)).toBe(label);
	});

	it('of which there are two for one assignee must agree, and both be done', () => {
		const two = (a: IDataObject, b: IDataObject) =>
			chosenOption('r1', { rows: [a, b].map((row) => ({ ...DONE, ...row })) });
		expect(two({ approval: 'Approve' }, { approval: 'approve' })).toBe('Approve');
		expect(two({ approval: 'Approve' }, { approval: 'Deny' })).toBeNull();
		expect(two({ approval: 'Approve' }, { approval: 'Approve', taskState: 'Started' })).toBeNull();
	});

	it('is read by a name that the builder gives, and then only by it', () => {
		expect(of({ approval: 'Deny', Freigabe: 'Approve' }, ' freigabe ')).toBe('Approve');
		expect(of({ approval: 'Deny' }, 'freigabe')).toBeNull();
		expect(of({ 'a.b': 'Approve' }, 'a.b')).toBe('Approve');
		expect(of({ 承認: 'Approve', 却下: 'Deny' }, '承認')).toBe('Approve');
		expect(of({ 却下: 'Approve' }, '承認')).toBeNull();
		expect(of({ choice: ['Approve'] }, 'choice')).toBeNull();
		expect(of({ choice: 7 }, 'choice')).toBe('7');
		expect(of({ choice: { A: 'x', a: 'y' } }, 'choice.A')).toBe('x');
		expect(of({ choice: { A: 'x', a: 'y' } }, 'choice._a')).toBeNull();
		expect(of({}, 'constructor.name')).toBeNull();
		expect(of({ taskState: 'Approved' }, 'taskState')).toBe('Approved');
		expect(of({ taskState: 'Started', choice: 'Approve' }, 'choice')).toBeNull();
		expect(of({ taskState: 'Cancelled', choice: 'Approve' }, 'choice')).toBeNull();
	});

	it('is not told by what anybody could have filled in elsewhere in the request', () => {
		const forged = { recipientTaskSid: 'r1', approval: 'Approve' };
		for (const request of [
			{ data: forged },
			{ completedForms: [{ recipientTaskSid: 'r0', answer: forged }] },
			{ forms: [{ questions: [forged] }] },
			{ a: { b: { c: { d: { e: forged } } } } },
			{ sid: 'r1', approval: 'Approve' },
			'r1',
			null,
		]) {
			expect(of({}, undefined, { request })).toBeNull();
		}
		expect(of({}, undefined, { request: { tasks: [[forged]] } })).toBe('Approve');
	});
});

describe('the meaning of a label', () => {
	const words = { approved: ['Approve', ' Release Payment'], rejected: ['Deny', 'Re-work'] };

	it.each([
		['Approve', 'approved'],
		[' aPPROVE ', 'approved'],
		['release payment', 'approved'],
		['Deny', 'rejected'],
		['re-work', 'rejected'],
		['Approved', null],
		['Do not Approve', null],
		['Approve, Deny', null],
		['Rework', null],
		['', null],
		[null, null],
	])('%s is %s', (label, decision) => {
		expect(decisionOf(label, words)).toBe(decision);
	});

	it('is nothing for a label in both lists, and an empty word is none', () => {
		expect(decisionOf('OK', { approved: ['ok'], rejected: ['OK '] })).toBeNull();
		expect(decisionOf(' ', { approved: ['', ' '], rejected: [] })).toBeNull();
	});

	it('is approved for no label that is not in its list, and rejected likewise', () => {
		const word = fc.oneof(
			fc.constantFrom(
				'Approve',
				'approve',
				' Deny',
				'DENY',
				'constructor',
				'',
				' ',
				'é',
				'e\u0301',
			),
			fc.string(),
		);
		const same = (a: string, b: string) =>
			a.normalize('NFC').trim().toLowerCase() === b.normalize('NFC').trim().toLowerCase();
		fc.assert(
			fc.property(word, fc.array(word), fc.array(word), (label, approved, rejected) => {
				const decision = decisionOf(label, { approved, rejected });
				const [isYes, isNo] = [approved, rejected].map((list) =>
					list.some((each) => label.trim() !== '' && same(each, label)),
				);
				expect(decision).toBe(isYes === isNo ? null : isYes ? 'approved' : 'rejected');
			}),
			FUZZ,
		);
	});

	it('is approved for no row of whatever shape in which nothing reads so', () => {
		const key = fc.constantFrom(
			...['approval', 'Approval', 'decision', 'options', 'label', 'data', 'comments', 'taskType'],
			...['taskState', 'recipientTaskSid', 'selectedOption', '__proto__', 'value', 'name'],
		);
		const text = fc.constantFrom('Deny', 'Completed', 'r1', 'approval', 'Approve it', 'Yes', '', 7);
		const { node } = fc.letrec<{ node: unknown }>((tie) => ({
			node: fc.oneof(
				{ maxDepth: 4 },
				text,
				fc.dictionary(key, tie('node'), { maxKeys: 5 }),
				fc.array(tie('node'), { maxLength: 3 }),
			),
		}));
		const row = fc
			.dictionary(key, node, { maxKeys: 6 })
			.map((raw) => ({ ...raw, recipientTaskSid: 'r1' }) as IDataObject);
		const name = fc.option(fc.constantFrom('approval', 'data.decision', 'options.0', ''), {
			nil: undefined,
		});
		fc.assert(
			fc.property(fc.array(row), node, node, name, (rows, request, approval, path) => {
				const label = chosenOption('r1', { rows, request, approval }, path);
				expect(decisionOf(label, { approved: ['Approve'], rejected: ['Deny'] })).not.toBe(
					'approved',
				);
			}),
			FUZZ,
		);
	});
});

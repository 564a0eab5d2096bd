/** Questions that several people answer: when so many votes decide one, what came of it, and how long that took. */
import { account, type Account, type Run } from '../../scripts/faults/account';
import type { Decision } from './decisions';
import type { RowDesk } from './rowDesk';

/** It is counted by the first of its tasks. */
export interface Question {
	/** One for each person. */
	taskIds: string[];
	/** So many must approve; it is rejected when they cannot be so many any more. */
	needed: number;
	/** The executions that n8n lists for it. */
	runs(): Run[];
}

export interface Vote {
	taskId: string;
	decision: Decision;
}

interface Verdict {
	outcome: Decision;
	/** When it was voted after which no other vote changes it, on the stand-in's clock. */
	at: number;
}

/** What the votes that the stand-in has make of it. @returns `undefined` while they leave it open */
function verdictOf(desk: RowDesk, { taskIds, needed }: Question): Verdict | undefined {
	const votes = desk.sandbox.appmixer.tasks
		.filter(({ taskId }) => taskIds.includes(taskId))
		.flatMap(({ status, decisionMade }) => (decisionMade ? [{ status, at: +decisionMade }] : []))
		.sort((one, other) => one.at - other.at);
	let [approved, rejected] = [0, 0];
	for (const { status, at } of votes) {
		if (status === 'approved') approved += 1;
		else rejected += 1;
		if (approved >= needed) return { outcome: 'approved', at };
		if (taskIds.length - rejected < needed) return { outcome: 'rejected', at };
	}
	return undefined;
}

/** Presses the button, and once more when that fails: a call that is no longer asked for while it is answered fails it. */
export async function cast(desk: RowDesk, { taskId, decision }: Vote): Promise<void> {
	const { approve, reject } = desk.sandbox.appmixer;
	const press = async () => await (decision === 'approved' ? approve : reject)(taskId);
	await press().catch(press);
}

export interface CountedVotes {
	account: Account;
	/** Seconds from the vote that decided to what was done then, the longest. */
	worstDelaySeconds: number;
	/** What went on before the votes were enough, a sentence each. */
	faults: string[];
}

/** Compares what the votes came to with what was done. Questions that are open are not counted, and must have had no effect. */
export function countVotes(desk: RowDesk, questions: Question[]): CountedVotes {
	const effects = desk.effects();
	const decisions = new Map<string, string>();
	const delays: number[] = [];
	const faults: string[] = [];
	for (const question of questions) {
		const [subject] = question.taskIds;
		const verdict = verdictOf(desk, question);
		const effect = effects.find((one) => one.subject === subject);
		if (verdict) decisions.set(subject, verdict.outcome);
		if (!effect) continue;
		if (verdict && effect.at >= verdict.at) delays.push(effect.at - verdict.at);
		else faults.push(`${effect.outcome} before the votes were enough: ${subject}`);
	}
	const runsOf = (id: string) => questions.find(({ taskIds }) => taskIds[0] === id)?.runs() ?? [];
	return {
		...{ account: account({ decisions, effects, runsOf }), faults },
		worstDelaySeconds: Math.round(Math.max(0, ...delays) / 100) / 10,
	};
}

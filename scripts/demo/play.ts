import type { IDataObject } from 'n8n-workflow';

import { hasEnded } from '../n8n/executions';
import { differences, endOf, type End } from './compare';
import type { Examples } from './examples';
import type { ReadyStage } from './prepare';
import { gateStories, secondApproverStory } from './gateStories';
import { notCarriedOutStory } from './notCarriedOutStory';
import { expiryStory, stories, type Story } from './stories';
import { reportStory, vendorStories } from './vendorStories';

/** What came of a story. */
export interface Played {
	name: string;
	/** How it ended, if it did. */
	end: End | undefined;
	/** What was not as expected; empty when all was. */
	differs: string[];
}

/** Plays a story and compares how n8n says it ended. Never throws. */
export async function playStory({ rest }: ReadyStage, story: Story): Promise<Played> {
	const { name, expected } = story;
	try {
		const { workflowId, isIt } = await story.play();
		const execution = await rest.waitForExecution(
			workflowId,
			(candidate) => hasEnded(candidate) && isIt(candidate),
			story.timeoutMs,
		);
		return { name, end: endOf(execution), differs: differences(execution, expected) };
	} catch (error) {
		return { name, end: undefined, differs: [(error as Error).message] };
	}
}

/** Plays all stories; `tell` hears of each as soon as it has ended. */
export async function playAll(
	stage: ReadyStage,
	examples: Examples,
	tell: (played: Played) => void = () => undefined,
): Promise<Played[]> {
	const play = async (story: Story) => {
		const played = await playStory(stage, story);
		tell(played);
		return played;
	};
	// before anybody makes more tasks
	const first = await play(reportStory(stage));
	const all = [
		...stories(stage, examples),
		...gateStories(stage),
		notCarriedOutStory(stage),
		...vendorStories(stage),
	];
	// what takes real minutes does not hold up the others
	const slow = all.filter(({ timeoutMs }) => timeoutMs !== undefined).map(play);
	const quick = await Promise.all(all.filter(({ timeoutMs }) => timeoutMs === undefined).map(play));
	const second = await play(secondApproverStory(stage));
	const last = await play(expiryStory(stage));
	return [first, ...quick, second, last, ...(await Promise.all(slow))];
}

const shown = (items: IDataObject[]) =>
	items.length === 1 ? JSON.stringify(items[0]) : `${items.length} items ${JSON.stringify(items)}`;

/** One line for a person: the story, its execution, its last node and what that gave. */
export function line({ name, end, differs }: Played): string {
	const mark = differs.length === 0 ? 'ok    ' : 'FAILED';
	const found = end
		? `execution ${end.executionId.padEnd(4)} ${end.node.padEnd(20)} ${shown(end.items)}`
		: '';
	const reasons = differs.map((difference) => `\n         ${difference}`).join('');
	return `${mark} ${name.padEnd(30)} ${found}${reasons}`;
}

/**
 * What was asked, in the words that it is compared in. Lists of bundle 1.1.0 render the description to HTML; a call quotes
 * it as it was sent.
 */
import type { AskedTask } from './ask';
import type { Waiting } from './requestOutput';

/**
 * A task as a list shows it. One that nobody has saved since it was made is as it was asked, whatever it looks like.
 * Several people's tasks are read by lists again.
 */
export function asSeen(
	one: AskedTask,
	found: AskedTask['now'],
	{ policy, rule }: Pick<Waiting, 'policy' | 'rule'>,
): AskedTask {
	const { raw } = one;
	const isSaved = typeof raw.mtime !== 'string' || raw.mtime !== found.mtime;
	if (policy.seesEdits && isSaved) return { ...one, now: found };
	const { description } = found;
	if (rule && !isSaved)
		return { ...one, raw: { ...raw, description }, now: found, listed: description };
	return { ...one, now: { ...found, description: raw.description } };
}

/** All are asked the same: as a list shows one that nobody has saved, it shows what the others were asked. */
export function alikeAsked(asked: AskedTask[]): AskedTask[] {
	const one = asked.find(({ listed }) => listed !== undefined);
	if (!one) return asked;
	const { listed: description } = one;
	return asked.map((other) => {
		if (other.listed !== undefined) return other;
		const raw = { ...other.raw, description };
		// not seen: as it was asked, as far as anybody knows
		return { ...other, raw, now: other.now === other.raw ? raw : other.now };
	});
}

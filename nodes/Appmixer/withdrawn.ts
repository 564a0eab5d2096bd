/** Tells that nobody waits for a task any more. Appmixer knows no such thing: it is rejected, and its title says so. */
import type { Task } from '../shared/task';

const MARK = '[Withdrawn]';

/** What withdrawing writes; only an edit sets both, and an edit calls no receiver. */
export const asWithdrawn = ({ title }: Pick<Task, 'title'>) => ({
	title: `${MARK} ${title ?? ''}`.trim(),
	status: 'rejected',
});

/** Whether it was withdrawn, and not rejected by a person. */
export const isWithdrawn = ({ title, decision }: Pick<Task, 'title' | 'decision'>): boolean =>
	decision === 'rejected' && (title ?? '').startsWith(MARK);

/** What was asked is what was approved: tells what of a question was edited since it was asked (L9). */
import type { Person, Task } from '../task';

/** What people approve: the words, who decides and who asked. */
export interface Question {
	title: string | null;
	description: string | null;
	approver: string | null;
	requester: string | null;
}

export const questionOf = ({ title, description, assignee, requester }: Task): Question => ({
	title,
	description,
	approver: nameOf(assignee),
	requester: nameOf(requester),
});

/** The names of what differs; none when it is the same question. Line ends and trailing space are no difference. */
export const editedParts = (asked: Question, now: Question): Array<keyof Question> =>
	(Object.keys(asked) as Array<keyof Question>).filter(
		(part) => plain(asked[part]) !== plain(now[part]),
	);

const nameOf = (person: Person | null) => person?.email ?? person?.id ?? person?.name ?? null;

const plain = (text: string | null) =>
	(text ?? '')
		.replace(/\r\n?/g, '\n')
		.replace(/[^\S\n]+$/gm, '')
		.trimEnd();

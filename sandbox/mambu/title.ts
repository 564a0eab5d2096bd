import { refusal } from './refuse';

/** `Task` in github.com/mambu-gmbh/Mambu-APIs-Java, models 9.6: as Java counts, in UTF-16 code units. */
const MAX_LENGTH = 256;

export function readTitle(title: unknown): string {
	const text = String(title);
	if (text.length > MAX_LENGTH) throw refusal(400, 'INVALID_TASK_TITLE_LENGTH', 'title');
	return text;
}

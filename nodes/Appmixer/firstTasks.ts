import { ifStill } from '../shared/http/paging';
import {
	countTasks,
	listing,
	listTasks,
	PAGE,
	readPage,
	type AppmixerApi,
	type TaskQuery,
} from './api';
import { idOf, type AppmixerTask } from './task';

/** So many are asked for at once. */
const LARGEST_PAGE = 1000;
const NEWEST_FIRST = 'created:-1';

/**
 * The first tasks in the order of `sort`, the newest where there is none. Tasks that are equal in it come in any order on
 * each page: where one page is not enough and they do, all are read by ID, and sorted here.
 * @param onTask may throw to end that
 */
export async function firstTasks(
	api: AppmixerApi,
	{ sort = NEWEST_FIRST, ...query }: TaskQuery,
	wanted: number,
	onTask: () => void = () => {},
): Promise<AppmixerTask[]> {
	const sorted = async () => (await sortedTasks(api, query, sort, onTask)).slice(0, wanted);
	if (wanted > LARGEST_PAGE) return await sorted();
	const asked = { ...query, sort };
	const pageSize = Math.max(PAGE, wanted);
	const page = await readPage(api, asked, 0, pageSize);
	if (page.length >= wanted) return page.slice(0, wanted);
	if (page.length === 0) return page;
	const isAll = (await countAll(api, query)) <= page.length;
	if (isAll && (page.length < PAGE || (await isLast(api, asked, page)))) return page;
	// the server gives fewer than it is asked for
	const pages = { ...listing(api, asked), pageSize };
	let first: typeof page | null = page;
	const fetchPage: typeof pages.fetchPage = async (offset, limit) => {
		const known = first;
		first = null;
		return known ?? (await pages.fetchPage(offset, limit));
	};
	return (await ifStill({ ...pages, fetchPage }, wanted)) ?? (await sorted());
}

/** Whether the list still ends where the page does: it may have been longer, and shorter when it was counted. */
async function isLast(api: AppmixerApi, query: TaskQuery, page: AppmixerTask[]): Promise<boolean> {
	const rest = await readPage(api, query, page.length - 1, 2);
	return rest.length === 1 && idOf(rest[0]) === idOf(page[page.length - 1]);
}

const countAll = async (api: AppmixerApi, query: TaskQuery) =>
	await countTasks(api, { ...query, projection: undefined });

/** As MongoDB sorts: what is not there is the smallest, text goes by its bytes. */
async function sortedTasks(
	api: AppmixerApi,
	{ projection, ...filters }: TaskQuery,
	sort: string,
	onTask: () => void,
): Promise<AppmixerTask[]> {
	const [field, direction] = sort.split(':');
	const excluded = projection?.split(',') ?? [];
	const kept = excluded.filter((name) => name !== `-${field}`);
	const query = { ...filters, ...(kept.length > 0 && { projection: kept.join(',') }) };
	const tasks: AppmixerTask[] = [];
	for await (const task of listTasks(api, query)) {
		onTask();
		tasks.push(task);
	}
	const sorted = tasks
		.map((task) => ({ task, key: Buffer.from(String(task[field] ?? '')) }))
		.sort((a, b) => Number(direction) * Buffer.compare(a.key, b.key))
		.map(({ task }) => task);
	return kept.length === excluded.length ? sorted : sorted.map((task) => without(task, field));
}

const without = (task: AppmixerTask, field: string): AppmixerTask =>
	Object.fromEntries(Object.entries(task).filter(([name]) => name !== field));

import type { Parameters } from './authenticate';
import type { OpentapsParts } from './parts';
import type { Activity } from './store';

/** "CRM-2 Tags API": a known name (in any case) is linked as it is; its URL and keywords are not changed. */
export function linkTag(activity: Activity, sent: Parameters, { store }: OpentapsParts): void {
	const { tagName, tagUrl = '', tagKeywords = '' } = sent;
	if (!tagName) return;
	const isSame = ({ tagName: name }: { tagName: string }) =>
		name.toLowerCase() === tagName.toLowerCase();
	const tag = store.tags.find(isSame) ?? store.addTag({ tagName, tagUrl, tagKeywords });
	activity.tagIds.add(tag.tagId);
}

/** GUIDs in 22 characters instead of 36, for state that is kept for thousands of tasks. */

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PACKED = /^\.[\w-]{22}$/;

/** Anything else is left as it is. */
export const packId = (id: string): string =>
	GUID.test(id) ? `.${Buffer.from(id.replace(/-/g, ''), 'hex').toString('base64url')}` : id;

export function unpackId(packed: string): string {
	if (!PACKED.test(packed)) return packed;
	const hex = Buffer.from(packed.slice(1), 'base64url').toString('hex');
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

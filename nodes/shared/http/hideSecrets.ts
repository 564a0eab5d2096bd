/** Takes secrets out of a text that others wrote, such as a service's error, which may quote the request. */

const MASK = '***';

/** Every secret as it is and as a URL or form encodes it; values too short to be one are left alone. */
export function hideSecrets(text: string, secrets: unknown[]): string {
	let shown = text;
	for (const secret of secrets) {
		if (typeof secret !== 'string' || secret.trim().length < 4) continue;
		const plain = secret.trim();
		const encoded = new URLSearchParams({ '': plain }).toString().slice(1);
		for (const form of [plain, encodeURIComponent(plain), encoded]) {
			shown = shown.replaceAll(form, MASK);
		}
	}
	return shown;
}

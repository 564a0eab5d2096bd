/** Something to search: an answer, a log, the bytes of a database. */
export interface Place {
	name: string;
	content: string | Buffer;
}

/** A secret, by its name and never its value, and where it was. */
export interface Hit {
	secret: string;
	place: string;
	/** `base64`: inside a longer text that was encoded. */
	as: 'text' | 'base64';
}

/**
 * Searches every place for every secret, as it is and inside base64. A database may tear a text apart where a page
 * ends, so what it holds must be searched over REST as well.
 * @param secrets values by name; throws for one that is too short to mean anything
 */
export function findSecrets(places: Place[], secrets: Record<string, string>): Hit[] {
	const hits: Hit[] = [];
	for (const [secret, value] of Object.entries(secrets)) {
		if (value.length < 16) throw new Error(`The secret "${secret}" is too short to search for`);
		const encoded = [0, 1, 2].map((shift) => insideBase64(value, shift));
		for (const { name: place, content } of places) {
			if (content.includes(value)) hits.push({ secret, place, as: 'text' });
			if (encoded.some((text) => content.includes(text)))
				hits.push({ secret, place, as: 'base64' });
		}
	}
	return hits;
}

/** The characters that `value` always becomes when it begins `shift` bytes after a group of three. */
function insideBase64(value: string, shift: number): string {
	const text = Buffer.from(' '.repeat(shift) + value).toString('base64');
	const ownStart = shift === 0 ? 0 : 4;
	const ownEnd = Math.floor((shift + value.length) / 3) * 4;
	return text.slice(ownStart, ownEnd);
}

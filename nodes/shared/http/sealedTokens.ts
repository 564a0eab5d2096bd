/** Renewed tokens for those who still hold the refused one, and for nobody else: what is kept cannot be read without it. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** For so long a token of this process counts as the newest there is. */
const FRESH_MS = 30_000;
const CIPHER = 'aes-256-gcm';

interface Sealed {
	at: number;
	iv: Buffer;
	tag: Buffer;
	token: Buffer;
}

/** Two hashes of one token: by the first it is found, the second opens it. */
const hashOf = (use: 'find' | 'open', owner: string, refused: string) =>
	createHash('sha256')
		.update(JSON.stringify([use, owner, refused]))
		.digest();

export function createSealedTokens() {
	const sealed = new Map<string, Sealed>();

	return {
		/** Keeps what came in the place of a refused token. */
		seal(owner: string, refused: string, renewed: string): void {
			const iv = randomBytes(12);
			const cipher = createCipheriv(CIPHER, hashOf('open', owner, refused), iv);
			const token = Buffer.concat([cipher.update(renewed, 'utf8'), cipher.final()]);
			const entry = { at: Date.now(), iv, tag: cipher.getAuthTag(), token };
			sealed.set(hashOf('find', owner, refused).toString('base64'), entry);
		},

		/** What came in the place of a refused token, while no other process can have got a newer one. */
		open(owner: string, refused: string): string | undefined {
			for (const [one, { at }] of sealed) if (Date.now() - at > FRESH_MS) sealed.delete(one);
			const entry = sealed.get(hashOf('find', owner, refused).toString('base64'));
			if (!entry) return undefined;
			const decipher = createDecipheriv(CIPHER, hashOf('open', owner, refused), entry.iv);
			decipher.setAuthTag(entry.tag);
			return Buffer.concat([decipher.update(entry.token), decipher.final()]).toString('utf8');
		},
	};
}

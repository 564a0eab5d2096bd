/** One file as a `multipart/form-data` body of plain bytes, which n8n can send again after renewing a login. */
import { randomUUID } from 'node:crypto';

export interface UploadFile {
	/** Name of the form field. */
	field: string;
	fileName: string;
	mimeType: string;
	bytes: Buffer;
}

/** Quoted as browsers do: quotes and line breaks percent-encoded, other characters as UTF-8. */
const quoted = (text: string) =>
	`"${text.replace(/["\r\n]/g, (char) => encodeURIComponent(char))}"`;

export function multipart({ field, fileName, mimeType, bytes }: UploadFile) {
	const boundary = `----n8n-${randomUUID()}`;
	const head = [
		`--${boundary}`,
		`Content-Disposition: form-data; name=${quoted(field)}; filename=${quoted(fileName)}`,
		`Content-Type: ${mimeType.replace(/[\r\n]/g, '')}`,
		'',
		'',
	].join('\r\n');
	return {
		contentType: `multipart/form-data; boundary=${boundary}`,
		body: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
	};
}

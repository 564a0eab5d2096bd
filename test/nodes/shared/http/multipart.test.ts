import { multipart } from '../../../../nodes/shared/http/multipart';

const bytes = Buffer.from([0, 255, 13, 10]);

it('is one file between boundaries, its bytes as they are', () => {
	const { contentType, body } = multipart({
		...{ field: 'file', fileName: 'größe.pdf', mimeType: 'application/pdf', bytes },
	});
	const [, boundary] = /^multipart\/form-data; boundary=(.+)$/.exec(contentType) ?? [];
	const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="größe.pdf"\r\nContent-Type: application/pdf\r\n\r\n`;
	expect(body).toEqual(
		Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
	);
});

it('has another boundary each time, and lets no name or type end a line', () => {
	const file = { field: 'a"b', fileName: 'x\r\nX-Evil: 1', mimeType: 'text/plain\r\nX: 1', bytes };
	const [first, second] = [multipart(file), multipart(file)];
	expect(first.contentType).not.toBe(second.contentType);
	expect(first.body.toString().split('\r\n').slice(1, 4)).toEqual([
		'Content-Disposition: form-data; name="a%22b"; filename="x%0D%0AX-Evil: 1"',
		'Content-Type: text/plainX: 1',
		'',
	]);
});

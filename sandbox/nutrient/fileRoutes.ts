import { randomUUID } from 'node:crypto';
import type { Server } from '@hapi/hapi';

import type { NutrientParts } from './parts';
import { refusal } from './refuse';
import type { StoredFile } from './store';

const MAX_BYTES = 25 * 1024 * 1024;

interface Part {
	filename?: string;
	headers: Record<string, string>;
	payload: Buffer;
}

/** Files. Sources: api-catalog-full.json in github.com/brperdomo/workflow-copilot; the vendor's Lambda functions. */
export function mountFileRoutes(
	server: Server,
	{ store, options, workflow, clock }: NutrientParts,
	origin: () => string,
): void {
	const link = (file: StoredFile) => {
		const path = `/api/files/${file.sid}/download?ownerType=instance`;
		return {
			relative: path,
			absolute: `${origin()}${path}`,
			foreign: `https://files.elsewhere.example${path}`,
		}[options.downloadLink];
	};

	server.route({
		method: 'GET',
		path: '/api/instance/{sid}/files',
		handler({ params }) {
			const { sid } = workflow.instance(String(params.sid));
			return store.files
				.filter(({ instanceSid }) => instanceSid === sid)
				.map((file) => ({
					fileName: file.fileName,
					createdDate: file.createdDate,
					downloadLink: link(file),
				}));
		},
	});

	server.route({
		method: 'GET',
		path: '/api/files/{sid}/download',
		handler({ params }, h) {
			const file = store.files.find(({ sid }) => sid === params.sid);
			if (!file) throw refusal(404, 'File not found');
			return h
				.response(file.bytes)
				.type(file.mimeType)
				.header(
					'content-disposition',
					`attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
				);
		},
	});

	server.route({
		method: 'POST',
		path: '/api/files/temp/{tenant}/upload',
		options: {
			payload: {
				maxBytes: MAX_BYTES,
				multipart: { output: 'annotated' },
				allow: 'multipart/form-data',
			},
		},
		handler(request) {
			if (request.params.tenant !== options.tenant) throw refusal(404, 'Tenant not found');
			const part = (Object(request.payload) as Record<string, Part>)[options.uploadField];
			if (!part?.filename) throw refusal(400, 'No file uploaded');
			const file: StoredFile = {
				sid: randomUUID(),
				fileName: part.filename,
				mimeType: part.headers['content-type'] ?? 'application/octet-stream',
				bytes: Buffer.from(part.payload),
				instanceSid: null,
				createdDate: new Date(clock.now()).toISOString(),
			};
			store.files.push(file);
			const answer = { sid: file.sid, originalFilename: file.fileName, size: file.bytes.length };
			return options.uploadAnswer === 'array' ? [answer] : answer;
		},
	});
}

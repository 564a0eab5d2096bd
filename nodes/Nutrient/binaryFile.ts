import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { withFiles, type RecordWithFiles } from '../shared/items/operations';
import type { ApiResponse } from '../shared/http/transport';

/** A downloaded file as n8n binary data, named as the service names it, else as given. */
export async function fileOutput(
	context: IExecuteFunctions,
	{ body, headers }: ApiResponse,
	property: string,
	record: IDataObject,
	fallbackName?: string,
): Promise<RecordWithFiles> {
	const fileName = fileNameOf(String(headers['content-disposition'] ?? '')) ?? fallbackName;
	const mimeType = String(headers['content-type'] ?? '').split(';')[0] || undefined;
	const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
	const file = await context.helpers.prepareBinaryData(bytes, fileName, mimeType);
	const json = {
		...record,
		fileName: fileName ?? null,
		mimeType: file.mimeType,
		size: bytes.length,
	};
	return withFiles(json, { [property]: file });
}

/** The name in a `Content-Disposition`, without any folders. */
function fileNameOf(disposition: string): string | undefined {
	const encoded = /filename\*\s*=\s*[\w-]*'[^']*'([^;]+)/i.exec(disposition)?.[1];
	const plain = /filename\s*=\s*(?:"([^"]*)"|([^;]+))/i.exec(disposition);
	const name = decoded(encoded) ?? plain?.[1] ?? plain?.[2];
	return name?.trim().split(/[/\\]/).pop() || undefined;
}

function decoded(text: string | undefined): string | undefined {
	if (text === undefined) return undefined;
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}

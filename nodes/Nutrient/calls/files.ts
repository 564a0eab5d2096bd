import type { GenericValue, IDataObject } from 'n8n-workflow';

import { readOrigin } from '../../shared/http/baseUrl';
import { fieldError } from '../../shared/http/nodeErrors';
import type { UploadFile } from '../../shared/http/multipart';
import type { ApiContext } from '../../shared/http/transport';
import { ACTION_TIMEOUT, act, CREDENTIAL, segment, send } from '../api';

/** Stores a file that a task's value can then name. Its place depends on the tenant. */
export async function uploadFile(context: ApiContext, file: UploadFile): Promise<GenericValue> {
	const { tenantId } = await context.getCredentials(CREDENTIAL);
	const tenant = String(tenantId ?? '').trim();
	if (tenant === '') {
		throw fieldError(
			context.getNode(),
			'Tenant ID is empty',
			'Enter it in the Nutrient credential: the address of uploads contains it.',
		);
	}
	return await act(context, {
		method: 'POST',
		path: `/api/files/temp/${segment(tenant)}/upload`,
		action: `upload ${file.fileName}`,
		file,
	});
}

/** @param link a path on the service's host, or an address whose origin is checked before the token is sent */
export async function downloadFile(context: ApiContext, link: string, qs: IDataObject) {
	const { baseUrl } = await context.getCredentials(CREDENTIAL);
	if (!URL.canParse(link, readOrigin(baseUrl))) {
		throw fieldError(
			context.getNode(),
			`The link "${link.slice(0, 100)}" is not an address`,
			'Enter a link as Get Files of a request returns it.',
		);
	}
	const url = new URL(link, readOrigin(baseUrl));
	if (url.origin !== readOrigin(baseUrl)) {
		throw fieldError(
			context.getNode(),
			`The link leads to ${url.host}, not to the host of the credential`,
			'The token is sent to no other host. Download it with the HTTP Request node if you trust that host.',
		);
	}
	return await send(context, {
		method: 'GET',
		path: `${url.pathname}${url.search}`,
		action: 'download the file',
		qs,
		timeout: ACTION_TIMEOUT,
		answer: 'file',
	});
}

export const downloadPath = (fileId: string) => `/api/files/${segment(fileId)}/download`;

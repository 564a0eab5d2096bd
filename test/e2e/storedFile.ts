import axios from 'axios';
import type { IBinaryData } from 'n8n-workflow';

import type { N8nRest } from '../../scripts/n8n/rest';

/** The bytes of a file that n8n stored with an execution, as its Download button gives them. */
export async function storedFile(rest: N8nRest, { id }: IBinaryData): Promise<Buffer> {
	const { data } = await axios.get<ArrayBuffer>(`${rest.url}/rest/binary-data`, {
		params: { id, action: 'download' },
		headers: { cookie: rest.cookie() },
		responseType: 'arraybuffer',
		proxy: false,
	});
	return Buffer.from(data);
}

import type { INodeProperties } from 'n8n-workflow';
import { choiceField } from '../../../shared/items/fields/makeField';

import type { ItemOperation } from '../../../shared/items/operations';
import { fileOutput } from '../../binaryFile';
import { downloadFile, downloadPath } from '../../calls/files';
import { outputFileField, textsOf } from '../../fields';

const downloadByField = choiceField('Download By', 'downloadBy', 'id', {
	description: 'How the file is named',
	choices: { 'File ID': 'id', Link: ['link', 'As Get Files of a request returns it'] },
});

const fileIdField: INodeProperties = {
	displayName: 'File ID',
	name: 'fileId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 8b7a6f5e-4d3c-4b2a-91f0-e9d8c7b6a576',
	description: 'The SID of the file',
	displayOptions: { show: { downloadBy: ['id'] } },
};

const linkField: INodeProperties = {
	displayName: 'Download Link',
	name: 'downloadLink',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. /api/files/8b7a6f5e-4d3c-4b2a-91f0-e9d8c7b6a576/download',
	description: "On the host of the credential only: Nutrient's token is sent along",
	displayOptions: { show: { downloadBy: ['link'] } },
};

const contextFields: INodeProperties[] = [
	{ displayName: 'Context SID', name: 'contextSid', type: 'string', default: '' },
	{ displayName: 'Context Type', name: 'contextType', type: 'string', default: '' },
	{ displayName: 'Object SID', name: 'objectSid', type: 'string', default: '' },
	{ displayName: 'Object Type', name: 'objectType', type: 'string', default: '' },
	{ displayName: 'Owner SID', name: 'ownerSid', type: 'string', default: '' },
	{ displayName: 'Owner Type', name: 'ownerType', type: 'string', default: '' },
	{ displayName: 'Version', name: 'version', type: 'string', default: '' },
];

export const download: ItemOperation = {
	name: 'Download',
	description: 'Retrieve a file',
	action: 'Download a file',
	access: 'read',
	fields: [downloadByField, fileIdField, linkField, outputFileField],
	options: [
		{
			displayName: 'Context',
			name: 'context',
			type: 'fixedCollection',
			default: {},
			description: 'What the file belongs to, where Nutrient asks for it to check permissions',
			options: [{ displayName: 'Context', name: 'values', values: contextFields }],
		},
	],
	prepare(read) {
		const property = read.text(outputFileField);
		const isById = read.choice(downloadByField) === 'id';
		const link = isById ? downloadPath(read.id(fileIdField)) : read.text(linkField);
		const query = textsOf(read.options().within('context').within('values'), contextFields);
		return async () =>
			await fileOutput(this, await downloadFile(this, link, query), property, { link });
	},
};

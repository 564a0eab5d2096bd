import type { INodeProperties } from 'n8n-workflow';

import type { ItemOperation } from '../../../shared/items/operations';
import { uploadFile } from '../../calls/files';
import { answerOutput, madeId } from '../../output';

const inputFileField: INodeProperties = {
	displayName: 'Input Data Field Name',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the input binary field with the file',
};

const nameField: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. offer.pdf',
	description: 'What the file is called in Nutrient, when not as in the input',
};

/** The vendor's lambda for this path, since 28 November 2021: github.com/Integrify/public-lambda-functions. */
const DEFAULT_FIELD = 'file-upload';

const formField: INodeProperties = {
	displayName: 'Form Field Name',
	name: 'field',
	type: 'string',
	default: DEFAULT_FIELD,
	placeholder: 'e.g. file',
	description:
		'What Nutrient takes the file from. Its own clients use file-upload; servers of before November 2021 may want file.',
};

export const upload: ItemOperation = {
	name: 'Upload',
	description: 'Upload a file; its SID is then the value of a file field',
	action: 'Upload a file',
	access: 'write',
	once: true,
	madeId,
	fields: [inputFileField],
	options: [nameField, formField],
	prepare(read) {
		const property = read.text(inputFileField);
		const options = read.options();
		const field = options.ifGiven(formField, options.text) ?? DEFAULT_FIELD;
		const name = options.ifGiven(nameField, options.text);
		const { fileName, mimeType } = this.helpers.assertBinaryData(read.itemIndex, property);
		return async () => {
			const answer = await uploadFile(this, {
				field,
				fileName: name ?? (fileName || 'file'),
				mimeType,
				bytes: await this.helpers.getBinaryDataBuffer(read.itemIndex, property),
			});
			return answerOutput(answer, 'sid');
		};
	},
};

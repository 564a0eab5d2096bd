import type { ItemOperation } from '../../../shared/items/operations';
import { uploadFile } from '../../api';
import { readOptions, readText } from '../../fields';
import { answerOutput } from '../../output';

export const upload: ItemOperation = {
	name: 'Upload',
	description: 'Upload a file; its SID is then the value of a file field',
	action: 'Upload a file',
	access: 'write',
	creates: true,
	fields: [
		{
			displayName: 'Input Data Field Name',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'data',
			required: true,
			hint: 'The name of the input binary field with the file',
		},
	],
	options: [
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. offer.pdf',
			description: 'What the file is called in Nutrient, when not as in the input',
		},
		{
			displayName: 'Form Field Name',
			name: 'field',
			type: 'string',
			default: 'file',
			placeholder: 'e.g. file-upload',
			description: "The vendor's own clients use file or file-upload, depending on the version",
		},
	],
	prepare(read) {
		const { itemIndex } = read;
		const property = readText(this, 'binaryPropertyName', 'Input Data Field Name', itemIndex);
		const options = readOptions(this, itemIndex);
		const { fileName, mimeType } = this.helpers.assertBinaryData(itemIndex, property);
		return async () => {
			const answer = await uploadFile(this, {
				field: String(options.field || 'file'),
				fileName: String(options.fileName || fileName || 'file'),
				mimeType,
				bytes: await this.helpers.getBinaryDataBuffer(itemIndex, property),
			});
			return answerOutput(answer, 'sid');
		};
	},
};

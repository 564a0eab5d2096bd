import { resource } from '../../../shared/items/resource';
import { download } from './download.operation';
import { upload } from './upload.operation';

export const file = resource('file', 'File', 'download', { download, upload });

import { resource } from '../../../shared/items/resource';
import { exportOperation } from './export.operation';
import { getAll } from './getAll.operation';
import { run } from './run.operation';

export const report = resource('report', 'Report', 'run', { export: exportOperation, getAll, run });

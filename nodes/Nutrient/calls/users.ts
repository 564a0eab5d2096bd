import type { IDataObject } from 'n8n-workflow';

import type { ApiContext } from '../../shared/http/transport';
import { act, pagedList, readOne, segment } from '../api';
import { textField } from '../readWire';

export const getCurrentUser = (context: ApiContext, qs: IDataObject) =>
	readOne(context, { path: '/api/user/current', action: 'read the current user', qs });

export const getUser = (context: ApiContext, id: string, full: boolean) =>
	readOne(context, {
		path: `/api/user/${segment(id)}${full ? '/full' : ''}`,
		action: `read user ${id}`,
	});

export const userIdOf = (row: IDataObject) =>
	textField(row, 'sid', 'userguid', 'contactsid', 'guid') ?? '';

export const listUsers = pagedList({ path: '/api/user/', action: 'list users' }, userIdOf);

export const createUser = (context: ApiContext, body: IDataObject) =>
	act(context, { method: 'POST', path: '/api/user/', action: 'create the user', body });

export const updateUser = (context: ApiContext, id: string, body: IDataObject) =>
	act(context, {
		method: 'PUT',
		path: `/api/user/${segment(id)}`,
		action: `update user ${id}`,
		body,
	});

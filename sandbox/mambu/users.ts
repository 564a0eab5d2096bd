import { keyOf } from './keyOf';

/** A Mambu user or API consumer. Fields: `src/users` in github.com/skyleague/mambu-sdk. */
export interface MambuUser {
	encodedKey: string;
	id: string;
	username: string;
	firstName: string;
	lastName: string;
	email: string;
	password: string;
	/** The raw value of the `apiKey` header; no such key when absent. */
	apiKey?: string;
	/** Rights, as in support.mambu.com "Working with tasks". */
	permissions: string[];
	/** Assumption: reading users is a right of its own; its name is not documented. */
	readsUsers: boolean;
	/** Whether this user may use the API at all. */
	apiAccess: boolean;
}

const ALL_TASK_RIGHTS = ['VIEW_TASK', 'CREATE_TASK', 'EDIT_TASK', 'DELETE_TASK'];

/** Named as in the samples of the 2018 document. */
export const MAX: MambuUser = {
	encodedKey: keyOf('user-1'),
	id: '1',
	username: 'demo',
	firstName: 'Max',
	lastName: 'Power',
	email: 'max@example.com',
	password: 'demo-password',
	apiKey: 'sandbox-api-key-of-demo',
	permissions: ALL_TASK_RIGHTS,
	readsUsers: true,
	apiAccess: true,
};

/** May look, but not touch. */
export const VERA: MambuUser = {
	encodedKey: keyOf('user-2'),
	id: '2',
	username: 'vera',
	firstName: 'Vera',
	lastName: 'Viewer',
	email: 'vera@example.com',
	password: 'vera-password',
	apiKey: 'sandbox-api-key-of-vera',
	permissions: ['VIEW_TASK'],
	readsUsers: false,
	apiAccess: true,
};

/** What the API shows of a user. */
export const userOnWire = ({
	encodedKey,
	id,
	username,
	firstName,
	lastName,
	email,
}: MambuUser) => ({
	encodedKey,
	id,
	username,
	firstName,
	lastName,
	email,
});

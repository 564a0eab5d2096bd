import { breaking } from './mutant';

/** Logins that are got and renewed. */
export const login = [
	...breaking(
		'shared/http/login',
		['shared/http/transport'],
		[
			['isLoginError: true as const, ...more', 'isLoginError: true as const'],
			["error instanceof Error && 'isLoginError' in error", 'false'],
		],
	),
	...breaking(
		'shared/http/login',
		['Opentaps/credential', 'Nutrient/credential'],
		[["export const RENEW_LOGIN = 'x-renew-login';", "export const RENEW_LOGIN = '';"]],
	),
];

import { isLoopback, readBaseUrl, readOrigin } from '../../../../nodes/shared/http/baseUrl';

it.each([
	['https://api.example.com', 'https://api.example.com'],
	[' https://api.example.com/ ', 'https://api.example.com'],
	['https://api.example.com/v1//', 'https://api.example.com/v1'],
	['https://api.example.com/v1?x=1#y', 'https://api.example.com/v1'],
	['http://localhost:2200', 'http://localhost:2200'],
	['http://127.0.0.1:2200/', 'http://127.0.0.1:2200'],
	['http://[::1]:2200', 'http://[::1]:2200'],
])('reads %s as people paste it', (given, expected) => {
	expect(readBaseUrl(given)).toBe(expected);
});

it.each([
	['', 'The Base URL is empty'],
	[undefined, 'The Base URL is empty'],
	['api.example.com', 'The Base URL "api.example.com" is not a URL: start it with https://'],
	[
		'http://api.example.com',
		'The Base URL must start with https:// (http:// only on this machine)',
	],
	['ftp://localhost', 'The Base URL must start with https:// (http:// only on this machine)'],
	[
		'http://localhost.example.com',
		'The Base URL must start with https:// (http:// only on this machine)',
	],
	['https://me:pw@example.com', 'The Base URL must not contain a user name or password'],
])('E11: refuses %s', (given, message) => {
	expect(() => readBaseUrl(given)).toThrow(message);
});

it.each([
	['http://localhost:5678/x', true],
	['http://LOCALHOST', true],
	['http://n8n.localhost', true],
	['http://127.9.9.9', true],
	['http://[::1]:5678', true],
	['http://0.0.0.0', true],
	['https://n8n.example.com', false],
	['http://127.0.0.1.example.com', false],
	['not a url', false],
])('W14: knows whether %s is this machine', (url, expected) => {
	expect(isLoopback(url)).toBe(expected);
});

it.each([
	['acme.example.com', 'https://acme.example.com'],
	[' https://acme.example.com/books?x#y ', 'https://acme.example.com'],
	['http://localhost:2200/v1', 'http://localhost:2200'],
])('reads %s as the origin %s', (given, expected) => {
	expect(readOrigin(given)).toBe(expected);
});

it.each(['', 'http://acme.example.com', 'ftp://acme.example.com', 7])(
	'E11: takes %p for no origin',
	(given) => {
		expect(() => readOrigin(given)).toThrow('The Base URL ');
	},
);

/* eslint-disable @n8n/community-nodes/no-restricted-globals -- dev-only, never shipped */

/** Only these pass from our own environment: a developer's n8n, npm or jest settings must not leak into the tested n8n. */
const PASSED_ON = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'NODE_EXTRA_CA_CERTS'];

/** Run inside n8n: ends it when the process that started it is gone, even by SIGKILL, which no exit hook sees. */
const END_WITH_PARENT = `
const parent = process.ppid;
setInterval(() => {
	if (process.ppid === parent) return;
	process.kill(process.pid, 'SIGTERM');
	setTimeout(() => process.kill(process.pid, 'SIGKILL'), 5000);
}, 1000).unref();`;

/** Arguments for Node.js that make the program it runs end when its parent process does. */
export const END_WITH_PARENT_FLAGS = [
	'--import',
	`data:text/javascript,${encodeURIComponent(END_WITH_PARENT)}`,
];

/** The whole environment of a started n8n; `extra` wins. */
export function startEnvironment(
	userFolder: string,
	ports: { editor: number; broker: number },
	extra: Record<string, string>,
): Record<string, string> {
	const passedOn = PASSED_ON.flatMap((name) => {
		const value = process.env[name];
		return value === undefined ? [] : [[name, value]];
	});
	return {
		...(Object.fromEntries(passedOn) as Record<string, string>),
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(ports.editor),
		// Opened even where runners are off; the default one collides with any other n8n on the machine.
		N8N_RUNNERS_BROKER_PORT: String(ports.broker),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: 'localhost',
		N8N_PROTOCOL: 'http',
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_RUNNERS_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_LOG_LEVEL: 'info',
		NO_COLOR: '1',
		...extra,
	};
}

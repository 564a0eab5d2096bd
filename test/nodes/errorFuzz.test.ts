import fc from 'fast-check';
import type { INode } from 'n8n-workflow';

import { explainError as affinitext } from '../../nodes/Affinitext/explainError';
import { explainError as appmixer } from '../../nodes/Appmixer/explainError';
import { explainError as mambu } from '../../nodes/Mambu/explainError';
import { explainError as nutrient } from '../../nodes/Nutrient/explainError';
import { explainError as opentaps } from '../../nodes/Opentaps/explainError';
import { hideSecrets, MAX_WORDS } from '../../nodes/shared/http/hideSecrets';
import { refusalError } from '../../nodes/shared/http/statusWords';
import { whyRefused } from '../../nodes/shared/http/whyRefused';
import { whyUnreachable } from '../../nodes/shared/http/whyUnreachable';
import { secondsToWait } from '../../nodes/shared/http/retryAfter';
import { FUZZ } from '../fuzz';

const SECRET = 'Zq7+x/K9=v"w&t';
const VENDORS = {
	...{ affinitext, appmixer, nutrient, opentaps },
	...{ 'mambu V1': mambu('v1'), 'mambu V2': mambu('v2') },
} as Record<string, (response: never, request: never) => { said?: string; hint?: string }>;
const node = { name: 'Node', type: 'x', id: '1' } as INode;
const request = { method: 'GET', path: '/task', action: 'list tasks' };
/** What the hint depends on. */
const ASKED = [
	{},
	{ path: '/plugins/appmixer/utils/tasks/tasks' },
	...[{}, { qs: { secret: SECRET } }, { body: { secret: SECRET } }, { body: [] }].map((more) => ({
		...{ method: 'PUT', path: '/people-task/tasks/a/approve', ...more },
	})),
	{ method: 'POST', path: '/api/tasktypes/approval/a' },
	{ path: '/api/users/a' },
];
const status = fc.oneof(
	fc.integer({ min: 0, max: 1000 }),
	fc.constantFrom(0, 200, 302, 400, 401, 403, 404, 429, 500),
);
const key = fc.constantFrom(
	...['message', 'error', 'errors', 'errorCode', 'errorReason', 'returnCode', 'returnStatus'],
	...['description', 'detail', 'title', 'status', 'toString', '__proto__', 'constructor', 'length'],
);
const quoted = fc.constantFrom(
	...[
		SECRET,
		`no ${SECRET} no`,
		encodeURIComponent(SECRET),
		JSON.stringify(SECRET),
		`Bearer ${SECRET}`,
	],
	...[Buffer.from(SECRET).toString('base64'), `${'x'.repeat(495)}${SECRET}`, SECRET.repeat(3)],
);
const text = fc.oneof(fc.string({ unit: 'binary' }), quoted);
const { body } = fc.letrec<{ body: unknown }>((tie) => ({
	body: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		fc.oneof(text, fc.double(), fc.boolean(), fc.constant(null), fc.constant(undefined)),
		fc.array(tie('body'), { maxLength: 3 }),
		fc.array(fc.tuple(key, tie('body')), { maxLength: 5 }).map((all) => Object.fromEntries(all)),
	),
}));

describe.each(Object.keys(VENDORS))('what %s says of a failure', (vendor) => {
	it('is a sentence without the secret, whatever came', () => {
		fc.assert(
			fc.property(
				status,
				body,
				fc.constantFrom({}, { location: 'http://[' }),
				fc.constantFrom(...ASKED),
				(code, came, headers, asked) => {
					const told = VENDORS[vendor](
						{ status: code, body: came, headers } as never,
						{ ...request, ...asked } as never,
					);
					const said = told.said && hideSecrets(told.said, [SECRET]);
					const { message, description } = refusalError(node, {
						...{ service: 'Acme', action: 'list tasks', status: code, said, hint: told.hint },
					});
					const shown = `${message}\n${description}`;
					if (!/^Acme .+ could not list tasks$/.test(message)) throw new Error(message);
					if (!description || description.length > 2 * MAX_WORDS) throw new Error(`${description}`);
					for (const form of [
						SECRET,
						encodeURIComponent(SECRET),
						Buffer.from(SECRET).toString('base64'),
					]) {
						if (shown.includes(form)) throw new Error(shown);
					}
				},
			),
			FUZZ,
		);
	});
});

it('why a login was refused, or could not be reached, is a sentence in our own words', () => {
	const place = { service: 'Acme', address: 'Base URL', where: 'check the Base URL' };
	const code = fc.oneof(
		text,
		fc.constantFrom('ECONNREFUSED', 'ETIMEDOUT', 'CERT_HAS_EXPIRED'),
		fc.anything(),
	);
	fc.assert(
		fc.property(status, body, code, (answered, came, cause) => {
			for (const said of [
				whyRefused(answered, came, place),
				whyUnreachable({ code: cause, message: came }, place),
				whyUnreachable(cause, place),
			]) {
				if (!/^[A-Z].{20,200}$/.test(said) || said.includes(SECRET)) throw new Error(said);
			}
		}),
		FUZZ,
	);
});

it('Retry-After is whole seconds to come, or nothing', () => {
	const header = fc.oneof(text, fc.anything(), fc.double().map(String), fc.date().map(String));
	fc.assert(
		fc.property(header, (value) => {
			const seconds = secondsToWait(value);
			return seconds === undefined || (Number.isInteger(seconds) && seconds >= 0);
		}),
		FUZZ,
	);
});

it('n8n is told why in its own words, and to wait whole seconds at most', () => {
	const CAUSES = [
		...['rate-limited', 'temporarily-unavailable', 'credential-invalid', 'configuration-invalid'],
	];
	const waits = fc.option(fc.oneof(fc.nat(), fc.maxSafeInteger().map(Math.abs)), {
		nil: undefined,
	});
	fc.assert(
		fc.property(status, waits, fc.boolean(), (code, retryAfter, isLogin) => {
			const { failure } = refusalError(node, {
				...{ service: 'Acme', action: 'list tasks', status: code, retryAfter, isLogin },
			});
			if (failure === undefined) return code < 300 && code > 0 && !isLogin;
			const { cause, retryAfterMs } = failure as { cause: string; retryAfterMs?: number };
			const isKnown = CAUSES.includes(cause);
			const mayWait = ['rate-limited', 'temporarily-unavailable'].includes(cause);
			const isTold =
				retryAfterMs === (mayWait && retryAfter !== undefined ? retryAfter * 1000 : undefined);
			return isKnown && isTold && (code !== 429 || cause === 'rate-limited');
		}),
		FUZZ,
	);
});

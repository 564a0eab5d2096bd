import type { INode } from 'n8n-workflow';

import { ownApproval, whyOwnApproval } from '../../../../nodes/shared/gate/ownApproval';
import type { Person } from '../../../../nodes/shared/task';

const person = (email: string | null, id: string | null = null): Person => ({
	id,
	name: null,
	email,
});
const ADA = person('ada@example.com');

it.each([
	['the same address', 'ada@example.com'],
	['capital letters', 'Ada@EXAMPLE.com'],
	['blanks around it', ' ada@example.com '],
	['wide letters', 'ａda@example.com'],
	['a +tag', 'ada+boss@example.com'],
	['dots', 'a.d.a@example.com'],
	['a dot behind the domain', 'ada@example.com.'],
])('one person: %s', (_, email) => {
	expect(whyOwnApproval(ADA, person(email))).not.toBeNull();
	expect(whyOwnApproval(person(email), ADA)).not.toBeNull();
});

it('says "the same person" only of those who write themselves alike', () => {
	expect(whyOwnApproval(ADA, person('ADA@example.com'))).toMatch(/are the same person/);
	expect(whyOwnApproval(ADA, person('a.da@example.com'))).toMatch(/are one mailbox/);
});

it.each([
	['another name', 'bob@example.com'],
	['another domain', 'ada@example.org'],
	['a sub-domain', 'ada@mail.example.com'],
])('two people: %s', (_, email) => {
	expect(whyOwnApproval(ADA, person(email))).toBeNull();
});

it('one domain in two scripts is one, and so are the two names of one mail service', () => {
	expect(whyOwnApproval(person('a@пример.рф'), person('a@xn--e1afmkfd.xn--p1ai'))).not.toBeNull();
	expect(whyOwnApproval(person('a@gmail.com'), person('a@googlemail.com'))).not.toBeNull();
});

it('tells people by their ID where there is one, and nobody by what is not known', () => {
	expect(whyOwnApproval(person(null, '7'), person(null, '7'))).not.toBeNull();
	expect(whyOwnApproval(person(null, '7'), person(null, '8'))).toBeNull();
	expect(whyOwnApproval(person(null), person(null))).toBeNull();
	expect(whyOwnApproval(null, ADA)).toBeNull();
	expect(whyOwnApproval(ADA, null)).toBeNull();
});

it('the refusal names both addresses, the rule and the switch', () => {
	const node = { name: 'Gate', type: 'x', parameters: {} } as unknown as INode;
	const error = ownApproval(node, ADA, person('ada+boss@example.com'), 3);
	expect(error?.context.itemIndex).toBe(3);
	expect(error?.description).toMatch(/ada@example\.com.*ada\+boss@example\.com.*one mailbox/);
	expect(error?.description).toContain('Requester May Approve');
	expect(ownApproval(node, ADA, person('bob@example.com'), 0)).toBeNull();
});

/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- dev-only, never shipped */
import { BOB } from '../sandbox';
import { readExamples } from './demo/examples';
import { line, playAll } from './demo/play';
import { startDemo, type Demo } from './demo/startDemo';

// npm run demo -- [--auto] [--examples <folder>] [--tarball <packed package>]

const argument = (name: string) => {
	const position = process.argv.indexOf(name);
	return position === -1 ? undefined : process.argv[position + 1];
};

/** The examples that wait for people, and what to do after filling in the form. */
function gatesOf(demo: Demo): string {
	const gates = [
		[demo.twoOfThree, 'enter three approvers, and decide as two of them'],
		[demo.purchaseLines, 'a line is “Desk; 300”; decide on each'],
		[demo.twoStages, 'more than 5000 needs the second approver, too'],
		[demo.secondApprover, 'the second is asked when the first has been silent for two days'],
		[demo.onePerItem, 'each line goes on by itself'],
		[demo.firewall, 'decide, and wait up to two minutes'],
		[demo.agent, 'decide: the agent of this demo says what its tool said'],
		[demo.nutrientWait, 'the stand-in for Nutrient has no pages: npm run demo -- --auto decides'],
		[demo.mambu, 'for the officer “demo”; npm run demo -- --auto completes the task'],
	] as const;
	return gates
		.map(([{ name, formUrl }, what]) => `  ${name}\n    fill in ${formUrl}\n    ${what}`)
		.join('\n');
}

function welcome(demo: Demo) {
	const { n8n, sandbox, mail, purchase, emailLink, onDecision, watchedTitle } = demo;
	return `
n8n ${n8n.version}     ${n8n.url}
               log in as ${n8n.login.email} with password ${n8n.login.password}
Inbox          ${sandbox.url}/inbox
Mails          ${mail.url}

The examples are published; the approver in this demo is ${BOB.email}, whose inbox is shown.
Any other approver has one, too: ${sandbox.url}/inbox?approver=carol@example.com

  ${purchase.name}
    fill in ${purchase.formUrl}
    then approve or reject in the inbox and look at the execution in n8n
  ${emailLink.name}
    fill in ${emailLink.formUrl}
    then follow a link of the mail
${gatesOf(demo)}
  ${onDecision.name}
    approve “${watchedTitle}” in the inbox: a mail to the requester appears
  ${demo.opentaps.name}
    fill in ${demo.opentaps.formUrl} and look at the execution
  ${demo.affinitext.name} · ${demo.nutrient.name} · ${demo.dueSoon.name}
    wait for somebody to make a task in the stand-in: npm run demo -- --auto does
  ${demo.report.name}
    execute it in the editor: open tasks of all five systems in one table
  ${demo.notCarriedOut.name}
    execute it in the editor a quarter of an hour after a decision whose run you stopped
`;
}

async function main(): Promise<void> {
	const examples = readExamples(argument('--examples'));
	const demo = await startDemo(examples, argument('--tarball'));
	console.log(welcome(demo));
	if (!process.argv.includes('--auto')) {
		console.log('Ctrl-C stops everything.');
		return;
	}
	console.log(
		`Playing the stories in n8n ${await demo.rest.version()}; a time-out takes 4 minutes.`,
	);
	const played = await playAll(demo, examples, (one) => console.log(line(one)));
	const failed = played.filter(({ differs }) => differs.length > 0).length;
	console.log(`${played.length - failed} stories as expected, ${failed} not.`);
	process.exitCode = failed === 0 ? 0 : 1;
	await demo.stop();
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	// the sandbox may be running: end at once, which ends n8n too
	process.exit(1);
});

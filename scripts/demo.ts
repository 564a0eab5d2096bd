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

function welcome(demo: Demo) {
	const { n8n, sandbox, mail, purchase, emailLink, onDecision, watchedTitle } = demo;
	return `
n8n ${n8n.version}     ${n8n.url}
               log in as ${n8n.login.email} with password ${n8n.login.password}
Inbox          ${sandbox.url}/inbox
Mails          ${mail.url}

Nine workflows are published; the approver in this demo is ${BOB.email}.
  ${purchase.name}
    fill in ${purchase.formUrl}
    then approve or reject in the inbox and look at the execution in n8n
  ${emailLink.name}
    fill in ${emailLink.formUrl}
    then follow a link of the mail
  ${onDecision.name}
    approve “${watchedTitle}” in the inbox: a mail to the requester appears
  ${demo.mambu.name}
    fill in ${demo.mambu.formUrl} for the officer “demo”: a task opens in the stand-in for Mambu
  ${demo.opentaps.name}
    fill in ${demo.opentaps.formUrl} and look at the execution
  ${demo.affinitext.name} · ${demo.nutrient.name}
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

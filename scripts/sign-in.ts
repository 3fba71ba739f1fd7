// `npm run sign-in`: a link that opens the console once. For whoever runs the server; people invite each other in the console.
import { Command, Option } from 'commander';
import { roles, type Role } from '../server/contract/api-scopes.ts';
import { emailText } from '../server/contract/text.ts';
import { recordAudit } from '../server/flows/console/audit.ts';
import { makeOperatorLink } from '../server/flows/console/sign-in-links.ts';
import { orFail, withContext, workspaceOf } from './open-context.ts';

interface Options {
  workspace?: string;
  role?: Role;
  email?: string;
  json?: boolean;
}

const options = new Command('sign-in')
  .description('Prints a link that signs you in to the console. It works once, within 15 minutes.')
  .option('--workspace <id>', 'which one; not needed when there is only one')
  .addOption(new Option('--role <role>', 'owner for somebody new; as they are for a member').choices([...roles]))
  .option('--email <address>', 'the member of this address; made when there is none')
  .option('--json', 'print one JSON object instead of text')
  .addHelpText('after', '\nThe embedded store serves one process at a time: stop the server first, or use MONGODB_URI.')
  .showHelpAfterError()
  .parse()
  .opts<Options>();

await orFail(options.json, () =>
  withContext(async (context) => {
    const email = options.email === undefined ? null : emailText.parse(options.email);
    const workspaceId = await workspaceOf(context, options.workspace);
    const link = await makeOperatorLink(context, { workspaceId, role: options.role ?? null, email });
    await recordAudit(context, {
      workspaceId,
      actor: { kind: 'operator', id: 'command-line', name: 'Command line' },
      action: 'member.sign_in_link',
      target: null,
      details: { role: options.role ?? null },
      requestId: '',
    });
    const expiresAt = link.expiresAt.toISOString();
    if (options.json) console.log(JSON.stringify({ url: link.url, workspace: workspaceId, expiresAt }));
    else console.log(`Open this within 15 minutes. It works once.\n\n  ${link.url}\n`);
  }),
);

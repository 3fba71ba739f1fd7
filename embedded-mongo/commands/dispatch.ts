/** From a request document to a reply document: finds the command, checks the request, turns errors into replies. */
import { BSONError } from 'bson';
import { ServerError, codeName, fail } from '../errors.ts';
import type { Doc } from '../values/document.ts';
import { adminCommands } from './admin.ts';
import { aggregateCommands } from './aggregate.ts';
import { catalogCommands } from './catalog.ts';
import type { Command, Context, Request } from './context.ts';
import { explainCommands } from './explain.ts';
import { assertFields, assertNoTransaction } from './fields.ts';
import { indexCommands } from './indexes.ts';
import { readCommands } from './reads.ts';
import { writeCommands } from './writes.ts';

const commands = new Map<string, Command>([
  ...adminCommands,
  ...aggregateCommands,
  ...catalogCommands,
  ...explainCommands,
  ...indexCommands,
  ...readCommands,
  ...writeCommands,
]);

export function errorReply(error: unknown): Doc {
  const known =
    error instanceof ServerError ? error : new ServerError(error instanceof BSONError ? 22 : 8, String(error));
  return { ok: 0, errmsg: known.message, code: known.code, codeName: codeName(known.code), ...known.details };
}

export function dispatch(context: Context, request: Request): Doc {
  try {
    const [name = ''] = Object.keys(request.command);
    // Transaction commands come before the look-up: a driver aborting one must hear the same reason.
    assertNoTransaction(request.command);
    const command = commands.get(name) ?? fail(59, `no such command: '${name}'`);
    assertFields(name, request.command, [name, ...command.fields]);
    return { ...command.run(context, request), ok: 1 };
  } catch (error) {
    return errorReply(error);
  }
}

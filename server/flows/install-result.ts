// The page after an installation is open to whoever has its address, so the address is a sealed ticket that ends after an hour.
import { z } from 'zod';
import { CodedError } from '../errors.ts';
import type { Context } from './context.ts';
import { readConnection, type ConnectionView } from './list-connections.ts';

const ticketTtlMs = 3_600_000;
const ticketAad = 'install-result';

const ticketSchema = z.object({ workspaceId: z.string(), connectionId: z.string(), until: z.number() });

export function makeResultTicket(
  { vault, now }: Context,
  { workspaceId, connectionId }: { workspaceId: string; connectionId: string },
): string {
  return vault.seal(JSON.stringify({ workspaceId, connectionId, until: now() + ticketTtlMs }), ticketAad);
}

/** Throws `not_found` for a ticket that is not ours or has ended. */
export async function readInstallResult(context: Context, ticket: string): Promise<ConnectionView> {
  const { workspaceId, connectionId, until } = openTicket(context, ticket);
  if (until <= context.now()) throw new CodedError('not_found', 'This page was shown for an hour and is gone.');
  return readConnection(context, { workspaceId, connectionId });
}

function openTicket({ vault }: Context, ticket: string): z.infer<typeof ticketSchema> {
  try {
    return ticketSchema.parse(JSON.parse(vault.open(ticket, ticketAad)));
  } catch (error) {
    throw new CodedError('not_found', 'There is no such page.', { cause: error });
  }
}

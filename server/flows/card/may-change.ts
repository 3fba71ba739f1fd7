// Who may change settings from inside HubSpot. The signed request says which user of which account asks, and no role; what the card
// itself says of the user (`context.user.permissions`) is unsigned and counts for nothing.
import { CodedError } from '../../errors.ts';
import type { CardIdentity } from '../../domain/card/identity.ts';
import type { Context } from '../context.ts';
import type { CardPortal } from './card-portal.ts';

/** The person who connected the account. */
export function mayChange(_context: Context, { portal }: CardPortal, { userId }: CardIdentity): Promise<boolean> {
  return Promise.resolve(portal?.userId !== null && portal?.userId !== undefined && String(portal.userId) === userId);
}

export async function assertMayChange(context: Context, card: CardPortal, identity: CardIdentity): Promise<void> {
  if (await mayChange(context, card, identity)) return;
  throw new CodedError(
    'forbidden',
    'Settings are changed by the person who connected this account, and by owners and admins of the Elido workspace. Ask one of them.',
    { details: { need: 'admin' } },
  );
}

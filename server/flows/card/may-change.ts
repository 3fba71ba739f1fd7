// Who may change settings from inside HubSpot. The signed request says which user of which account asks, and no role; what the card
// itself says of the user (`context.user.permissions`) is unsigned and counts for nothing. So the roles are ours.
import { CodedError } from '../../errors.ts';
import type { CardIdentity } from '../../domain/card/identity.ts';
import type { AuditActor } from '../../store/audit.ts';
import type { Context } from '../context.ts';
import type { CardPortal } from './card-portal.ts';

/** Owners and admins of the workspace, and whoever connected an account that no other workspace uses. */
export async function mayChange(
  { store }: Context,
  { portal, portalId, workspaceIds }: CardPortal,
  { identity, workspaceId }: { identity: CardIdentity; workspaceId: string },
): Promise<boolean> {
  const { userId } = identity;
  if (workspaceIds.length === 1 && portal?.userId != null && String(portal.userId) === userId) return true;
  const member = await store.members.findByLogin({ workspaceId, login: `hubspot:${portalId}:${userId}` });
  return member !== null && member.role !== 'viewer';
}

/** As the audit log names them; HubSpot's page of users shows who that is. */
export function actorOf(portalId: number, userId: string): AuditActor {
  return { kind: 'hubspot_user', id: userId, name: `User ${userId} of HubSpot account ${portalId}` };
}

export async function assertMayChange(
  context: Context,
  card: CardPortal,
  asked: { identity: CardIdentity; workspaceId: string },
): Promise<void> {
  if (await mayChange(context, card, asked)) return;
  throw new CodedError(
    'forbidden',
    'Settings are changed by the person who connected this account, and by owners and admins of the Elido workspace. Ask one of them.',
    { details: { need: 'admin' } },
  );
}

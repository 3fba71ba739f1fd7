// Who asks, as HubSpot signed it: the query that hubspot.fetch appends, and nothing else of the request. Pure.

export interface CardIdentity {
  portalId: number;
  userId: string;
}

/** With the request it came by, for the audit log. */
export interface CardActor extends CardIdentity {
  requestId: string;
}

export type IdentityProblem = 'missing' | 'malformed' | 'repeated' | 'wrong_app';

/** What HubSpot appends. A card may put parameters of its own into its address, and HubSpot would sign them. */
const signedNames = ['portalId', 'userId', 'userEmail', 'appId'] as const;

/** `query` is the part behind the first question mark, as it was received and signed. */
export function readIdentity(
  query: string,
  appId: string | undefined,
): { identity: CardIdentity } | { problem: IdentityProblem } {
  // A second question mark is how a signed address could be read in two ways; no address of ours has one.
  if (query.includes('?')) return { problem: 'malformed' };
  const parameters = new URLSearchParams(query);
  if (signedNames.some((name) => parameters.getAll(name).length > 1)) return { problem: 'repeated' };
  const [portalId, userId, app] = [parameters.get('portalId'), parameters.get('userId'), parameters.get('appId')];
  if (portalId === null || userId === null) return { problem: 'missing' };
  if (!/^[1-9]\d{0,14}$/.test(portalId) || !/^\d{1,19}$/.test(userId)) return { problem: 'malformed' };
  if (app !== null && appId !== undefined && app !== appId) return { problem: 'wrong_app' };
  return { identity: { portalId: Number(portalId), userId } };
}

/** The query without what HubSpot appended: what the card itself asked. */
export function askedOf(query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query).filter(([name]) => !(signedNames as readonly string[]).includes(name)),
  );
}

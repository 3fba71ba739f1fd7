// Who is calling, the same for an API key and for a signed-in person: what they may do, and in which workspace.
import type { ApiScope, Role } from '../contract/api-scopes.ts';
import { CodedError } from '../errors.ts';
import type { AuditActor } from '../store/audit.ts';

export interface Caller {
  /** The key or the member; requests are counted by it. */
  id: string;
  workspaceId: string;
  scopes: readonly string[];
  actor: AuditActor;
  /** Null for an API key. */
  person: Person | null;
}

export interface Person {
  sessionId: string;
  memberId: string;
  login: string;
  via: 'hubspot' | 'link';
  role: Role;
  name: string;
  email: string | null;
  /** Milliseconds since 1970. */
  sessionEndsAt: number;
}

/** Throws `forbidden` with the missing scope. */
export function assertScope(caller: Caller, scope: ApiScope): void {
  if (caller.scopes.includes(scope)) return;
  const message = caller.person
    ? `Your role (${caller.person.role}) does not include ${scope}. Ask an owner of the workspace.`
    : `This key lacks the scope ${scope}. Make a key that has it.`;
  throw new CodedError('forbidden', message, { details: { scope } });
}

/** Nobody hands on more than they have. Throws `forbidden` with the first scope that is too much. */
export function assertHandsOn(caller: Caller, scopes: readonly string[]): void {
  const scope = scopes.find((one) => !caller.scopes.includes(one));
  if (scope === undefined) return;
  throw new CodedError('forbidden', `You cannot give ${scope}: you do not have it yourself.`, { details: { scope } });
}

/** Throws `forbidden` for an API key. */
export function personOf({ person }: Caller): Person {
  if (person) return person;
  throw new CodedError('forbidden', 'This is for signed-in people. An API key has no sessions of its own.');
}

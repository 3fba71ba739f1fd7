// What the audit log knows to have happened: the name of each action, its words, and the kind of thing it is done to.
// Clicks, conversions, submissions and the contacts they name are data, not actions: the delivery log has them.
export const auditActions = {
  'link.create': { words: 'made a short link', target: 'link' },
  'link.change': { words: 'changed a short link', target: 'link' },
  'link.archive': { words: 'archived a short link', target: 'link' },
  'links.import': { words: 'imported links from a file', target: 'link_import' },
  'links.unimport': { words: 'took back an import of links', target: 'link_import' },
  'connection.invite': { words: 'made an installation link', target: null },
  'connection.connect': { words: 'connected a HubSpot account', target: 'connection' },
  'connection.change': { words: 'changed a connection', target: 'connection' },
  'connection.disconnect': { words: 'disconnected a HubSpot account', target: 'connection' },
  'mapping.change': { words: 'changed the field mapping', target: 'connection' },
  'rule.create': { words: 'made a rule', target: 'rule' },
  'rule.version': { words: 'rewrote a rule', target: 'rule' },
  'rule.switch': { words: 'switched a rule', target: 'rule' },
  'rule.archive': { words: 'archived a rule', target: 'rule' },
  'rule.arm': { words: 'let a rule fire once more', target: 'rule' },
  'move.undo': { words: 'took back a move of a deal', target: 'rule_move' },
  'replay.start': { words: 'sent deliveries again', target: 'replay' },
  'replay.cancel': { words: 'stopped a replay', target: 'replay' },
  'workspace.create': { words: 'made the workspace', target: 'workspace' },
  'workspace.change': { words: 'changed the settings', target: 'workspace' },
  'key.create': { words: 'made an API key', target: 'api_key' },
  'key.rotate': { words: 'replaced an API key', target: 'api_key' },
  'key.revoke': { words: 'revoked an API key', target: 'api_key' },
  'member.invite': { words: 'invited somebody', target: 'invitation' },
  'member.uninvite': { words: 'took an invitation back', target: 'invitation' },
  'member.join': { words: 'joined the workspace', target: 'member' },
  'member.change': { words: 'changed the role of a member', target: 'member' },
  'member.remove': { words: 'removed a member', target: 'member' },
  'member.sign_in_link': { words: 'made a sign-in link for a member', target: 'member' },
  'session.start': { words: 'signed in', target: 'member' },
  'session.switch': { words: 'went to another workspace', target: 'workspace' },
  'session.end': { words: 'ended a session', target: 'session' },
  'session.end_others': { words: 'ended all other sessions', target: null },
  'session.sign_out': { words: 'signed out', target: null },
} as const satisfies Record<string, { words: string; target: string | null }>;

export type AuditAction = keyof typeof auditActions;

/** Fields whose values are worth a line and are neither secret nor personal. */
const plainFields = [
  'role',
  'state',
  'mode',
  'dialect',
  'enabled',
  'archived',
  'grace_hours',
  'default_mode',
  'retention_days',
  'scopes',
];

/** What a request asked for, as far as the log may know it: names of fields, and the values of a few. */
export function auditFacts(body: unknown): { fields: string[]; details: Record<string, unknown> } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { fields: [], details: {} };
  const plain = Object.entries(body).filter(([name]) => plainFields.includes(name));
  return { fields: Object.keys(body).slice(0, 50), details: Object.fromEntries(plain) };
}

/** The words for an action; an action of a later version is shown as it is. */
export function auditWords(action: string): string {
  return action in auditActions ? auditActions[action as AuditAction].words : action;
}

// What the verbs of the store are handed in verb-calls.ts: one of each kind, complete enough to be taken.
import type { AuditEntry } from '../../server/store/audit.ts';
import type { DealChange } from '../../server/store/deal-stages.ts';
import type { HourCount } from '../../server/store/hour-counts.ts';
import type { ImportProgress, LinkImport } from '../../server/store/imports.ts';
import type { Member } from '../../server/store/members.ts';
import type { RuleMove } from '../../server/store/rule-moves.ts';
import type { StoredRule } from '../../server/store/rules.ts';
import type { Session } from '../../server/store/sessions.ts';
import type { SignInLink } from '../../server/store/sign-in-links.ts';
import type { WebhookEvent } from '../../server/domain/webhook-event.ts';
import { now, portalId } from './samples.ts';

export const dealChange: DealChange = {
  _id: 'r1',
  portalId,
  dealId: '701',
  kind: 'stage',
  stage: 'qualifiedtobuy',
  mergedInto: null,
  at: new Date(now),
  source: 'CRM_UI',
};

export const move: RuleMove = {
  _id: 'rul_1:0:701',
  workspaceId: 'ws_1',
  connectionId: 'con_1',
  portalId,
  ruleId: 'rul_1',
  ruleVersion: 1,
  mode: 'act',
  arming: 0,
  dealId: '701',
  contactId: '501',
  pipeline: 'default',
  fromStage: 'a',
  toStage: 'b',
  state: 'planned',
  words: '',
  counted: [],
  excluded: [],
  guards: [],
  detail: null,
  plannedAt: new Date(now),
  settledAt: null,
};

export const rule: StoredRule = {
  _id: 'rul_1',
  workspaceId: 'ws_1',
  connectionId: 'con_1',
  rule: {} as StoredRule['rule'],
  enabled: true,
  version: 1,
  versions: [],
  arming: { number: 0, since: null },
  createdAt: new Date(now),
  archivedAt: null,
};

export const webhookEvent: WebhookEvent = {
  portalId,
  appId: null,
  type: 'contact.creation',
  objectId: '501',
  occurredAt: now,
  property: null,
  value: null,
  mergedIds: [],
  newId: null,
  source: null,
};

export const at = new Date(now);

export const auditEntry: AuditEntry = {
  _id: 'aud_1',
  workspaceId: 'ws_1',
  at,
  actor: { kind: 'key', id: 'key_1', name: '' },
  action: 'link.create',
  target: null,
  fields: [],
  details: {},
  requestId: '',
  expiresAt: at,
};

export const member: Member = {
  _id: 'mem_1',
  workspaceId: 'ws_1',
  login: 'link:1',
  name: 'Ann',
  email: 'ann@example.com',
  role: 'owner',
  createdAt: at,
  lastSeenAt: null,
};

export const session: Session = {
  _id: 'ses_1',
  memberId: 'mem_1',
  workspaceId: 'ws_1',
  login: 'link:1',
  via: 'link',
  device: '',
  secretHash: 'a',
  previousHash: null,
  rotatedAt: at,
  createdAt: at,
  lastSeenAt: at,
  expiresAt: at,
};

export const signInLink: SignInLink = {
  _id: 'sil_1',
  hash: 'h',
  workspaceId: 'ws_1',
  kind: 'invitation',
  memberId: null,
  role: 'viewer',
  name: '',
  email: null,
  createdAt: at,
  expiresAt: at,
};

export const hourCount: HourCount = {
  _id: 'ws_1:0',
  workspaceId: 'ws_1',
  hour: at,
  clicks: 0,
  conversions: 0,
  human: 0,
  machine: 0,
  unsure: 0,
  delivered: 0,
  waiting: 0,
  failed: 0,
  skipped: 0,
  capped: false,
  countedAt: at,
};

export const importProgress: ImportProgress = { done: 0, created: 0, unchanged: 0, failed: 0, errors: [] };

export const linkImport: LinkImport = {
  ...importProgress,
  _id: 'imp_1',
  workspaceId: 'ws_1',
  state: 'running',
  total: 1,
  rows: [],
  position: 0,
  createdAt: at,
  endedAt: null,
  dueAt: at,
  expiresAt: at,
};

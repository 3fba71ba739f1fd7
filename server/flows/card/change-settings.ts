// What the settings page may change: the same stories as the API, for the connections of the signed account only.
// Each of them sets something to a value, so that a request HubSpot sends twice changes nothing the second time.
import type { ConnectionChangeRequest } from '../../contract/connection.ts';
import type { AuditAction } from '../../domain/audit-actions.ts';
import type { CardActor } from '../../domain/card/identity.ts';
import type { FieldMappingRow } from '../../domain/field-mapping.ts';
import type { RuleMode } from '../../domain/rules/rule.ts';
import { withMode } from '../../domain/rules/with-mode.ts';
import { CodedError } from '../../errors.ts';
import { recordAudit } from '../console/audit.ts';
import { changeConnection } from '../change-connection.ts';
import { changeFieldMapping } from '../change-field-mapping.ts';
import type { Context } from '../context.ts';
import { disconnect, type UninstallOutcome } from '../disconnect.ts';
import { tryFieldMapping, type FieldMappingTry } from '../reading/try-field-mapping.ts';
import { switchRule } from '../rules/list-rules.ts';
import { changeRule } from '../rules/save-rule.ts';
import { openCardPortal, type CardPortal } from './card-portal.ts';
import { chooseConnection, findConnection } from './choose-connection.ts';
import { actorOf, assertMayChange } from './may-change.ts';

interface Asked {
  identity: CardActor;
  connectionId?: string | undefined;
}

export async function changeCardConnection(
  context: Context,
  { change, ...asked }: Asked & { change: ConnectionChangeRequest },
): Promise<void> {
  const key = await openForChange(context, asked);
  await changeConnection(context, { ...key, change });
  await note(context, asked.identity, { action: 'connection.change', ...key, fields: Object.keys(change) });
}

export async function changeCardMapping(
  context: Context,
  { rows, ...asked }: Asked & { rows: FieldMappingRow[] },
): Promise<void> {
  const key = await openForChange(context, asked);
  await changeFieldMapping(context, { ...key, rows });
  await note(context, asked.identity, { action: 'mapping.change', ...key, fields: ['rows'] });
}

/** Shows property values of a contact: for those who may change the mapping. */
export async function tryCardMapping(
  context: Context,
  { contactId, rows, ...asked }: Asked & { contactId: string; rows?: FieldMappingRow[] | undefined },
): Promise<FieldMappingTry> {
  return tryFieldMapping(context, { ...(await openForChange(context, asked)), contactId, rows });
}

export interface CardRuleChange {
  identity: CardActor;
  ruleId: string;
  enabled?: boolean | undefined;
  mode?: RuleMode | undefined;
}

/** Another mode is another version of the rule: its text says it. */
export async function changeCardRule(
  context: Context,
  { identity, ruleId, enabled, mode }: CardRuleChange,
): Promise<string> {
  const card = await openCardPortal(context, identity.portalId);
  const rules = await context.store.rules.listOfConnections(card.connectionIds);
  const rule = rules.find(({ _id }) => _id === ruleId);
  if (!rule) throw new CodedError('not_found', 'This account has no such rule.');
  const key = { workspaceId: rule.workspaceId, ruleId };
  await assertMayChange(context, card, { identity, workspaceId: rule.workspaceId });
  const isOn = enabled ?? rule.enabled;
  if (mode !== undefined && mode !== rule.rule.mode) {
    const text = rule.versions.at(-1)?.text ?? '';
    await changeRule(context, { ...key, text: withMode(text, mode) });
  }
  // A text may say that its rule is on; the switch has the last word.
  await switchRule(context, { ...key, enabled: isOn });
  const fields = Object.entries({ enabled, mode }).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  await note(context, identity, { action: 'rule.switch', ...key, fields });
  return rule.connectionId;
}

export async function disconnectCard(
  context: Context,
  { identity, connectionId, confirm }: Asked & { confirm: number },
): Promise<{ card: CardPortal; hubspot: UninstallOutcome }> {
  if (confirm !== identity.portalId) {
    throw new CodedError('invalid_request', `Send the id of this account, ${identity.portalId}, to confirm.`, {
      field: 'confirm',
    });
  }
  const card = await openCardPortal(context, identity.portalId);
  // A repeated request finds nothing to disconnect: it was done.
  if (!findConnection(card, card.connections.length === 0 ? undefined : connectionId)) {
    return { card, hubspot: card.portal?.state === 'uninstalled' ? 'uninstalled' : 'kept' };
  }
  const { _id, workspaceId } = chooseConnection(card, connectionId);
  await assertMayChange(context, card, { identity, workspaceId });
  const { hubspot } = await disconnect(context, { workspaceId, connectionId: _id });
  await note(context, identity, {
    action: 'connection.disconnect',
    workspaceId,
    connectionId: _id,
    fields: [],
  });
  return { card: await openCardPortal(context, identity.portalId), hubspot };
}

async function openForChange(
  context: Context,
  { identity, connectionId }: Asked,
): Promise<{ workspaceId: string; connectionId: string }> {
  const card = await openCardPortal(context, identity.portalId);
  const connection = chooseConnection(card, connectionId);
  await assertMayChange(context, card, { identity, workspaceId: connection.workspaceId });
  return { workspaceId: connection.workspaceId, connectionId: connection._id };
}

interface Noted {
  action: AuditAction;
  workspaceId: string;
  connectionId?: string;
  ruleId?: string;
  fields: string[];
}

function note(
  context: Context,
  { portalId, userId, requestId }: CardActor,
  { action, workspaceId, connectionId, ruleId, fields }: Noted,
): Promise<void> {
  const target = ruleId === undefined ? { kind: 'connection', id: connectionId ?? '' } : { kind: 'rule', id: ruleId };
  return recordAudit(context, { workspaceId, actor: actorOf(portalId, userId), action, target, fields, requestId });
}

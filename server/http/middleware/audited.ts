// Writes down in the audit log what a request changed, before the caller hears that it is done. Stands in the map of routes, so that
// no handler has to think of it; a refused request and a preview leave no entry.
import type { Request, RequestHandler } from 'express';
import { auditActions, auditFacts, type AuditAction } from '../../domain/audit-actions.ts';
import { recordAudit } from '../../flows/console/audit.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from './authenticate.ts';
import { requestIdOf } from './request-id.ts';

export interface AuditRule {
  action: AuditAction;
  /** True for a request that only asks what would happen. */
  unless?: (req: Request) => boolean;
}

/** Behind `requireCaller`; for handlers that answer with JSON. */
export function audited(context: Context, { action, unless }: AuditRule): RequestHandler {
  return (req, res, next) => {
    const { workspaceId, actor } = callerOf(res);
    const answer = res.json.bind(res);
    res.json = (reply: unknown) => {
      if (res.statusCode >= 400 || unless?.(req) === true) return answer(reply);
      const target = targetOf(action, req, reply, workspaceId);
      const entry = { workspaceId, actor, action, target, ...auditFacts(req.body), requestId: requestIdOf(res) };
      // recordAudit does not throw.
      void recordAudit(context, entry).then(() => answer(reply));
      return res;
    };
    next();
  };
}

/** The thing that the address names, or else the one that the reply shows. */
function targetOf(action: AuditAction, req: Request, reply: unknown, workspaceId: string) {
  const kind = auditActions[action].target;
  if (kind === null) return null;
  if (kind === 'workspace') return { kind, id: workspaceId };
  const [named] = Object.values(req.params);
  const id = idText(named) ?? idIn(reply) ?? idIn((reply as Record<string, unknown>)[kind]);
  return id === undefined ? null : { kind, id };
}

function idIn(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'id' in value ? idText(value.id) : undefined;
}

function idText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

// GET /v1/audit: who changed what, page by page.
import type { RequestHandler } from 'express';
import { auditQuerySchema } from '../../contract/audit.ts';
import { readAudit } from '../../flows/console/audit.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseInput } from '../middleware/json-body.ts';
import { auditReply } from './audit-reply.ts';

export function getAudit(context: Context): RequestHandler {
  return async (req, res) => {
    const query = parseInput(auditQuerySchema, req.query);
    const { entries, nextCursor } = await readAudit(context, callerOf(res).workspaceId, query);
    res.json({ entries: entries.map(auditReply), next_cursor: nextCursor });
  };
}

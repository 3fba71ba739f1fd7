// GET /v1/link-imports/:import_id: how far an import has come.
import type { RequestHandler } from 'express';
import { readImport } from '../../flows/console/link-import.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { importReply } from './import-reply.ts';

export function getLinkImport(context: Context): RequestHandler {
  return async (req, res) => {
    const { workspaceId } = callerOf(res);
    res.json(importReply(await readImport(context, { workspaceId, importId: String(req.params.import_id) })));
  };
}

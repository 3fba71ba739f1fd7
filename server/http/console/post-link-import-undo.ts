// POST /v1/link-imports/:import_id/undo: archives what an import made and nobody clicked, a portion per call.
import type { RequestHandler } from 'express';
import { importUndoSchema } from '../../contract/import.ts';
import { undoImport } from '../../flows/console/undo-import.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseBody } from '../middleware/json-body.ts';

export function postLinkImportUndo(context: Context): RequestHandler {
  return async (req, res) => {
    const { after = null } = parseBody(importUndoSchema, req);
    const importId = String(req.params.import_id);
    res.json(await undoImport(context, { workspaceId: callerOf(res).workspaceId, importId, after }));
  };
}

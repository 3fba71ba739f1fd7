// POST /v1/link-imports: many links from a CSV file; with `dry_run=true` only what it would make.
import express, { type RequestHandler } from 'express';
import { importQuerySchema, maxImportBytes } from '../../contract/import.ts';
import { CodedError } from '../../errors.ts';
import { checkImport, startImport } from '../../flows/console/link-import.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseInput } from '../middleware/json-body.ts';
import { importReply } from './import-reply.ts';

export const readCsv: RequestHandler = express.text({ type: ['text/csv', 'text/plain'], limit: maxImportBytes });

export function postLinkImports(context: Context): RequestHandler {
  return async (req, res) => {
    const { dry_run: dryRun } = parseInput(importQuerySchema, req.query);
    const text: unknown = req.body;
    if (typeof text !== 'string') {
      throw new CodedError('invalid_request', 'Send the file with "Content-Type: text/csv", in UTF-8.');
    }
    const request = { workspaceId: callerOf(res).workspaceId, text };
    if (dryRun === 'true') res.status(202).json(await checkImport(context, request));
    else res.status(202).json(importReply(await startImport(context, request)));
  };
}

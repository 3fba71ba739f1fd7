// GET /v1/deliveries/export: the delivery log as a file, streamed at the pace of the reader.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RequestHandler, Response } from 'express';
import { exportQuerySchema } from '../../contract/delivery-log.ts';
import type { Context } from '../../flows/context.ts';
import { exportLog } from '../../flows/log/export-log.ts';
import { makeFilter } from '../../flows/log/make-filter.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseInput } from '../middleware/json-body.ts';
import { deliveryReply } from './delivery-reply.ts';
import { logFileFormats, type LogFileFormat } from './log-file.ts';

export function getDeliveriesExport(context: Context): RequestHandler {
  return async (req, res) => {
    const { format, max_rows: maxRows, ...asked } = parseInput(exportQuerySchema, req.query);
    const { workspaceId } = callerOf(res);
    const filter = await makeFilter(context, workspaceId, asked);
    const pages = exportLog(context, { workspaceId, filter, maxRows });
    const file = logFileFormats[format];
    res.set({
      'Content-Type': file.contentType,
      'Content-Disposition': `attachment; filename="deliveries.${format}"`,
      Trailer: 'X-Export-Rows, X-Export-Complete',
      'Cache-Control': 'no-store',
    });
    // A failure on the way cuts the connection: a file that ends early is then not taken for the whole.
    await pipeline(Readable.from(textOf(pages, file, res)), res).catch((error: unknown) => {
      context.log.warn({ workspaceId, err: error }, 'an export ended early');
      res.destroy();
    });
  };
}

async function* textOf(pages: ReturnType<typeof exportLog>, file: LogFileFormat, res: Response) {
  let rows = 0;
  if (file.head) yield file.head;
  for (;;) {
    const page = await pages.next();
    if (page.done) {
      const { complete } = page.value;
      if (!complete) yield file.notice(rows);
      res.addTrailers({ 'X-Export-Rows': String(rows), 'X-Export-Complete': String(complete) });
      return;
    }
    rows += page.value.length;
    yield page.value.map((delivery) => file.row(deliveryReply(delivery))).join('');
  }
}

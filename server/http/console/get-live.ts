// GET /v1/live: server-sent events for one caller. What happens where is the hub's; here it becomes text on the wire.
import type { RequestHandler, Response } from 'express';
import type { LiveEventName } from '../../contract/live.ts';
import type { Reader } from '../../flows/console/live/channel.ts';
import type { Sight } from '../../flows/console/live/look.ts';
import type { Context } from '../../flows/context.ts';
import { connectionReply } from '../manage/connection-reply.ts';
import { deliveryReply } from '../manage/delivery-reply.ts';
import { replayReply } from '../manage/replay-reply.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { importReply } from './import-reply.ts';

const heartbeatMs = 15_000;
/** A browser that reads this slowly is better served by a new stream. */
const maxWaitingBytes = 1_000_000;

export function getLive(context: Context): RequestHandler {
  return async (req, res) => {
    const caller = callerOf(res);
    const leave = await context.live.open(caller, readerOf(res), req.get('last-event-id')?.slice(0, 64));
    const heartbeat = setInterval(() => res.write(': still here\n\n'), heartbeatMs);
    const end = () => {
      clearInterval(heartbeat);
      leave();
    };
    if (res.closed || res.writableEnded) end();
    else res.once('close', end);
  };
}

function readerOf(res: Response): Reader {
  const begin = () => {
    if (res.headersSent) return;
    res.set({
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      // nginx would keep events back until a buffer is full.
      'X-Accel-Buffering': 'no',
    });
    res.write('retry: 3000\n\n');
  };
  const send = (name: LiveEventName, data: unknown, id?: string) => {
    begin();
    res.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    if (res.writableLength > maxWaitingBytes) res.destroy();
  };
  return {
    ready: (resumed) => send('ready', { resumed }),
    reset: () => send('reset', {}),
    send: (id, sight) => send(sight.name, dataOf(sight), id),
    goodbye: (reason) => {
      send('goodbye', { reason });
      res.end();
    },
  };
}

function dataOf(sight: Sight): unknown {
  if (sight.name === 'delivery') return deliveryReply(sight.value);
  if (sight.name === 'connection') return connectionReply(sight.value);
  return sight.name === 'replay' ? replayReply(sight.value) : importReply(sight.value);
}

// Live streams of this process. All streams of a workspace share one look at the store every two seconds, so that a hundred
// open consoles ask no more than one. Works across processes, because each looks at the store itself.
import { CodedError } from '../../../errors.ts';
import { randomCharacters } from '../../../lib/ids.ts';
import { isKeyAlive } from '../../authenticate-key.ts';
import type { Caller } from '../../caller.ts';
import type { Context } from '../../context.ts';
import { isSessionAlive } from '../read-session.ts';
import { makeChannel, type Channel, type Reader } from './channel.ts';

const perCaller = 10;
const perWorkspace = 100;
const perProcess = 1_000;
const checkEveryMs = 10_000;

export interface LiveHub {
  /** Throws `rate_limited` when there are too many. Returns what ends the stream. */
  open(caller: Caller, reader: Reader, lastEventId: string | undefined): Promise<() => void>;
  /** Ends the streams of these sessions or API keys. */
  closeSessions(ids: readonly string[]): void;
  /** Ends all of them: the process stops. */
  close(): void;
}

interface Stream {
  workspaceId: string;
  callerId: string;
  /** The session or the API key. */
  grantId: string;
  isAlive: () => Promise<boolean>;
  leave: () => void;
  reader: Reader;
}

export function makeLiveHub(context: Context): LiveHub {
  const streams = new Set<Stream>();
  const channels = new Map<string, Channel>();
  const epoch = randomCharacters(8);
  let checking: NodeJS.Timeout | null = null;

  function end(stream: Stream, reason: 'signed_out' | 'shutting_down'): void {
    stream.reader.goodbye(reason);
    stream.leave();
  }

  /** Sessions and keys that ended in another process. */
  async function check(): Promise<void> {
    for (const stream of streams) if (!(await stream.isAlive())) end(stream, 'signed_out');
  }

  function channelOf(workspaceId: string): Channel {
    const known = channels.get(workspaceId);
    if (known) return known;
    const made = makeChannel(context, workspaceId, epoch);
    channels.set(workspaceId, made);
    return made;
  }

  function admit(caller: Caller): void {
    const all = [...streams];
    const ofWorkspace = all.filter(({ workspaceId }) => workspaceId === caller.workspaceId);
    const own = ofWorkspace.filter(({ callerId }) => callerId === caller.id);
    if (all.length < perProcess && ofWorkspace.length < perWorkspace && own.length < perCaller) return;
    throw new CodedError('rate_limited', 'Too many live streams are open. Close a tab and try again.', {
      retryAfterMs: 30_000,
    });
  }

  return {
    async open(caller, reader, lastEventId) {
      admit(caller);
      const channel = channelOf(caller.workspaceId);
      const grantId = caller.person?.sessionId ?? caller.id;
      const stream: Stream = {
        workspaceId: caller.workspaceId,
        callerId: caller.id,
        grantId,
        reader,
        isAlive: () => (caller.person ? isSessionAlive(context, grantId) : isKeyAlive(context, grantId)),
        leave: () => {
          if (!streams.delete(stream)) return;
          channel.leave(reader);
          if (channel.isEmpty()) channels.delete(caller.workspaceId);
          if (streams.size === 0 && checking) clearInterval(checking);
          if (streams.size === 0) checking = null;
        },
      };
      streams.add(stream);
      checking ??= setInterval(() => {
        check().catch((error: unknown) => context.log.debug({ err: error }, 'live streams could not be checked'));
      }, checkEveryMs);
      try {
        await channel.join(reader, lastEventId);
      } catch (error) {
        stream.leave();
        throw error;
      }
      return stream.leave;
    },
    closeSessions(ids) {
      for (const stream of streams) if (ids.includes(stream.grantId)) end(stream, 'signed_out');
    },
    close() {
      for (const stream of streams) end(stream, 'shutting_down');
    },
  };
}

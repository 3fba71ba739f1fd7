// `npm run replay`: sends again what was skipped or died. Shows first what it would do, and asks.
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { SingleBar, Presets } from 'cli-progress';
import { Command } from 'commander';
import { explain } from '../server/domain/reasons.ts';
import type { Context } from '../server/flows/context.ts';
import { previewFilter, type ReplayPreview } from '../server/flows/log/preview-replay.ts';
import { cancelReplay, readReplay, startReplay, workReplay } from '../server/flows/log/replay.ts';
import { filterOf, withLogOptions, type LogOptions } from './log-options.ts';
import { orFail, withContext, workspaceOf } from './open-context.ts';

interface Options extends LogOptions {
  yes?: boolean;
  preview?: boolean;
  json?: boolean;
}

await withLogOptions(new Command('replay'))
  .description('Sends again what was skipped or died. What HubSpot has already stays there once.')
  .option('--yes', 'do not ask')
  .option('--preview', 'only say what would be sent')
  .option('--json', 'print one JSON object instead of text; needs --yes or --preview')
  .showHelpAfterError()
  .action((options: Options) => orFail(options.json, () => withContext((context) => main(context, options))))
  .parseAsync();

async function main(context: Context, { yes, preview: only, json, ...options }: Options): Promise<void> {
  if (json && !yes && !only) throw new Error('--json cannot ask. Add --yes or --preview.');
  if (options.state !== undefined && !['skipped', 'dead'].includes(options.state))
    throw new Error('--state: only skipped and dead can be replayed.');
  const workspaceId = await workspaceOf(context, options.workspace);
  const filter = await filterOf(context, workspaceId, options);
  const preview = await previewFilter(context, { workspaceId, filter });
  if (!json) console.log(previewText(preview));
  if (only || preview.wouldReplay === 0 || !(yes || (await confirmed(preview)))) {
    if (json) console.log(JSON.stringify({ preview, replay: null }));
    return;
  }
  const replay = await startReplay(context, { workspaceId, filter });
  const ended = await follow(context, { workspaceId, replayId: replay._id }, json ? null : preview.wouldReplay);
  const facts = { id: ended._id, state: ended.state, looked_at: ended.lookedAt, replayed: ended.replayed };
  if (json) console.log(JSON.stringify({ preview, replay: facts }));
  else
    console.log(
      `${ended.replayed} are queued again. ${ended.state === 'canceled' ? 'Canceled.' : 'A worker sends them.'}`,
    );
}

function previewText({ groups, wouldReplay, notReplayable, more }: ReplayPreview): string {
  const lines = groups.map(({ state, reason, deliveries }) => {
    const why = reason === null ? '' : `${reason}: ${explain(reason).words}`;
    return `  ${String(deliveries).padStart(8)}  ${state.padEnd(8)} ${why}`;
  });
  const left = notReplayable > 0 ? [`${notReplayable} came before a portal was connected and stay as they are.`] : [];
  return [`${wouldReplay}${more ? ' or more' : ''} would be sent again.`, ...lines, ...left].join('\n');
}

async function confirmed({ wouldReplay }: ReplayPreview): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Error('Nobody to ask here. Add --yes, or --preview.');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await lines.question(`Send ${wouldReplay} again? [y/N] `);
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** Works on it until it has ended, together with any server that does; Ctrl-C cancels it. */
async function follow(
  context: Context,
  key: { workspaceId: string; replayId: string },
  total: number | null,
): Promise<Awaited<ReturnType<typeof readReplay>>> {
  const bar = total === null ? null : new SingleBar({ stream: process.stderr }, Presets.shades_classic);
  let stopped = false;
  const stop = () => {
    stopped = true;
  };
  process.once('SIGINT', stop);
  bar?.start(total ?? 0, 0);
  try {
    for (;;) {
      const worked = await workReplay(context);
      const replay = stopped ? await cancelReplay(context, key) : await readReplay(context, key);
      bar?.update(replay.replayed);
      if (replay.state !== 'running') return replay;
      if (!worked) await sleep(250);
    }
  } finally {
    bar?.stop();
    process.off('SIGINT', stop);
  }
}

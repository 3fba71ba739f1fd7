/** Starts one extension in a worker of its own and watches over it. It knows no React: it tells what happens. */
import { createRemoteReceiver, type RemoteReceiver } from '@remote-ui/core';
import { createEndpoint, fromWebWorker } from '@remote-ui/rpc';
import type { ExtensionConfig, HostApi, WorkerApi } from '../protocol.ts';

export type Problem = { kind: 'failed' | 'hung' | 'stopped'; message: string; stack: string };

export type Running = {
  receiver: RemoteReceiver;
  movePage: (path: string, params: Record<string, string>) => void;
  stop: () => void;
};

type Start = {
  config: ExtensionConfig;
  host: Omit<HostApi, 'fail'>;
  onProblem: (problem: Problem) => void;
};

/** A thread that has not answered for this long is busy with itself. */
const patienceMs = 4_000;
const everyMs = 1_000;

export function startWorker({ config, host, onProblem }: Start): Running {
  const receiver = createRemoteReceiver();
  const worker = new Worker(config.worker, { name: config.uid });
  const endpoint = createEndpoint<WorkerApi>(fromWebWorker(worker));
  let stopped = false;
  let lastPongAt = performance.now();

  const stop = (): void => {
    stopped = true;
    clearInterval(watch);
    worker.terminate();
  };
  const end = (problem: Problem): void => {
    if (stopped) return;
    stop();
    onProblem(problem);
  };
  const watch = setInterval(() => {
    const silentMs = performance.now() - lastPongAt;
    // A hidden page's timers are throttled; its workers are not to blame.
    if (document.hidden) lastPongAt = performance.now();
    else if (silentMs > patienceMs)
      end({
        kind: 'hung',
        message: `No answer for ${Math.round(silentMs / 1_000)} s: the script keeps its thread busy.`,
        stack: '',
      });
    if (!stopped) void endpoint.call.ping().then(() => (lastPongAt = performance.now()));
  }, everyMs);

  worker.addEventListener('error', (event) => {
    event.preventDefault();
    end({ kind: 'failed', message: event.message || 'The worker could not be loaded.', stack: '' });
  });
  endpoint.expose({
    ...host,
    fail: ({ message, stack }: { message: string; stack: string }) => end({ kind: 'failed', message, stack }),
  });
  void endpoint.call.run(receiver.receive, config);
  return { receiver, stop, movePage: (path, params) => void endpoint.call.pageMoved(path, params) };
}

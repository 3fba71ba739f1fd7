/** One extension on the page: its worker, what it renders, and what is shown when it fails, hangs or was stopped. */
import { RemoteRenderer } from '@remote-ui/react/host';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ExtensionConfig, FetchAnswer, LogLevel } from '../protocol.ts';
import { askCrm, askFetch } from './ask-sandbox.ts';
import { addLine, CallLog, type LogLine } from './call-log.tsx';
import { PageRouterContext } from './components/page-parts.tsx';
import { makeController } from './components/registry.tsx';
import { useAppPage } from './use-app-page.ts';
import { makeOverlays, OverlaysContext } from './overlays.tsx';
import { performAction } from './perform-action.ts';
import { startWorker, type Problem, type Running } from './start-worker.ts';

const titles: Record<Problem['kind'], string> = {
  failed: 'This extension failed',
  hung: 'This extension does not answer',
  stopped: 'This extension was stopped',
};

function lineOf(method: string, url: string, answer: FetchAnswer): [LogLevel, string] {
  const { pathname, search } = URL.canParse(url) ? new URL(url) : { pathname: url, search: '' };
  const outcome = answer.kind === 'answer' ? String(answer.status) : `${answer.category}: ${answer.message}`;
  const tries = answer.attempts > 1 ? `, ${answer.attempts} attempts` : '';
  const bad = answer.kind === 'refused' || answer.status >= 500;
  return [bad ? 'error' : 'info', `${method} ${pathname}${search} → ${outcome} (${Math.round(answer.ms)} ms${tries})`];
}

export function Extension({ config }: { config: ExtensionConfig }) {
  const [attempt, setAttempt] = useState(0);
  const [lines, setLines] = useState<LogLine[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [running, setRunning] = useState<Running | null>(null);
  const current = useRef<Running | null>(null);
  const overlays = useMemo(() => makeOverlays(), [attempt]);
  const controller = useMemo(() => makeController(), []);
  const router = useAppPage(config, (path, params) => current.current?.movePage(path, params));

  useEffect(() => {
    const log = (level: LogLevel, text: string): void => setLines((known) => addLine(known, level, text));
    setProblem(null);
    const started = startWorker({
      config: { ...config, ...(config.page ? { page: { ...config.page, path: router.path() } } : {}) },
      onProblem: (found) => {
        log('error', found.message);
        setProblem(found);
      },
      host: {
        log,
        fetch: async (url, options) => {
          const answer = await askFetch(config, url, options);
          log(...lineOf(options.method ?? 'GET', url, answer));
          return answer;
        },
        crm: (question) => askCrm(config, question),
        act: (name, args) => performAction(name, args, { config, overlays, router, log }),
      },
    });
    current.current = started;
    setRunning(started);
    return started.stop;
  }, [config, attempt, overlays]);

  const reload = (): void => setAttempt((number) => number + 1);
  const stop = (): void => {
    current.current?.stop();
    setProblem({ kind: 'stopped', message: 'Reload it to start it again.', stack: '' });
  };
  return (
    <>
      <div className="hs-card" data-uid={config.uid} data-state={problem?.kind ?? 'running'}>
        {problem && <ProblemBox problem={problem} onReload={reload} />}
        {!problem && running && (
          <OverlaysContext.Provider value={overlays}>
            <PageRouterContext.Provider value={router}>
              <RemoteRenderer key={attempt} receiver={running.receiver} controller={controller} />
            </PageRouterContext.Provider>
          </OverlaysContext.Provider>
        )}
      </div>
      <CallLog lines={lines} onReload={reload} onStop={stop} />
    </>
  );
}

function ProblemBox({ problem, onReload }: { problem: Problem; onReload: () => void }) {
  return (
    <div className="hs-alert hs-tone-danger" role="alert">
      <div>
        <strong>{titles[problem.kind]}</strong>
        <div className="hs-alert-body">
          <p>{problem.message}</p>
          {problem.stack && (
            <details>
              <summary>Where</summary>
              <pre tabIndex={0}>{problem.stack}</pre>
            </details>
          )}
          <button type="button" className="hs-button hs-button-secondary hs-button-sm" onClick={onReload}>
            Reload it
          </button>
        </div>
      </div>
    </div>
  );
}

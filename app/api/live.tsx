// What happens, as it happens: one stream of server-sent events for the whole console. It keeps the cache fresh; pages may listen too.
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useEffectEvent, useMemo, useRef, useState, type ReactNode } from 'react';
import type { LinkImport, LiveEvent, LiveEventName } from './contract.ts';
import { putDelivery, putReplay } from './deliveries.ts';
import { putConnection } from './put-connection.ts';
import { useForgetSession } from './session.ts';

export type LiveState = 'connecting' | 'live' | 'broken';
type DataOf<Name extends LiveEventName> = Extract<LiveEvent, { name: Name }>['data'];
type Listener = (event: LiveEvent) => void;

interface Live {
  state: LiveState;
  listen: (listener: Listener) => () => void;
}

const LiveContext = createContext<Live>({ state: 'connecting', listen: () => () => undefined });

const names: readonly LiveEventName[] = [
  'ready',
  'reset',
  'delivery',
  'connection',
  'replay',
  'link_import',
  'goodbye',
];
const comeBackAfterMs = 5_000;
/** Longer than the server keeps its count of the present hour: the second answer knows what the first one missed. */
const overviewPauseMs = 5_500;

export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const forgetSession = useForgetSession();
  const leave = useEffectEvent(forgetSession);
  const [state, setState] = useState<LiveState>('connecting');
  const listeners = useRef(new Set<Listener>());

  useEffect(() => {
    let source: EventSource | null = null;
    let comeBack: ReturnType<typeof setTimeout> | undefined;
    const refreshOverview = nowAndAfter(overviewPauseMs, () => client.invalidateQueries({ queryKey: ['overview'] }));

    const take = (event: LiveEvent) => {
      if (event.name === 'ready') setState('live');
      if (event.name === 'goodbye' && event.data.reason === 'signed_out') {
        source?.close();
        leave();
        return;
      }
      applyToCache(client, event);
      if (event.name === 'delivery' || event.name === 'connection') refreshOverview();
      for (const listener of listeners.current) listener(event);
    };
    const open = () => {
      source = new EventSource('/v1/live');
      for (const name of names) {
        source.addEventListener(name, (message) => {
          take({ name, data: JSON.parse((message as MessageEvent<string>).data) });
        });
      }
      source.addEventListener('error', () => {
        setState('broken');
        // After a refusal the browser gives up; a server that restarts is worth another try.
        if (source?.readyState !== EventSource.CLOSED) return;
        comeBack = setTimeout(() => {
          void client.invalidateQueries();
          open();
        }, comeBackAfterMs);
      });
    };
    open();
    return () => {
      clearTimeout(comeBack);
      refreshOverview.cancel();
      source?.close();
    };
  }, [client]);

  const live = useMemo<Live>(
    () => ({
      state,
      listen(listener) {
        listeners.current.add(listener);
        return () => listeners.current.delete(listener);
      },
    }),
    [state],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLiveState(): LiveState {
  return use(LiveContext).state;
}

/** Calls the handler for every event of that name while the component is shown. */
export function useLive<Name extends LiveEventName>(name: Name, handler: (data: DataOf<Name>) => void): void {
  const { listen } = use(LiveContext);
  const handle = useEffectEvent(handler);
  useEffect(
    () =>
      listen((event) => {
        if (event.name === name) handle(event.data as DataOf<Name>);
      }),
    [listen, name],
  );
}

/** What the cache holds is replaced by what the event says; everything is read again after a gap. */
function applyToCache(client: QueryClient, event: LiveEvent): void {
  if (event.name === 'reset') void client.invalidateQueries();
  if (event.name === 'connection') putConnection(client, event.data);
  if (event.name === 'delivery') putDelivery(client, event.data);
  if (event.name === 'replay') putReplay(client, event.data);
  if (event.name === 'link_import') putImport(client, event.data);
}

function putImport(client: QueryClient, linkImport: LinkImport): void {
  client.setQueryData(['link-imports', linkImport.id], linkImport);
  if (linkImport.state === 'done') void client.invalidateQueries({ queryKey: ['links'] });
}

interface Paced {
  (): void;
  cancel: () => void;
}

/** The first call acts at once, and once more after the pause; further ones together, a pause apart. */
function nowAndAfter(pauseMs: number, act: () => unknown): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const settle = () => {
    act();
    timer = again ? setTimeout(settle, pauseMs) : undefined;
    again = false;
  };
  const run = () => {
    if (timer) {
      again = true;
      return;
    }
    act();
    timer = setTimeout(settle, pauseMs);
  };
  return Object.assign(run, { cancel: () => clearTimeout(timer) });
}

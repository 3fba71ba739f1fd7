/** The banners of `addAlert`, over all extensions of the page, and the window of `openIframeModal`. One of each per page. */
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { classes } from './components/props.ts';

type AlertInput = { type?: string; title?: string; message: string };
type Shown = AlertInput & { id: number };
export type FrameInput = { uri: string; width: number; height: number; title?: string };
type Frame = FrameInput & { onClosed: () => void };

let alerts: readonly Shown[] = [];
let frame: Frame | null = null;
let nextId = 1;
const listeners = new Set<() => void>();
const tell = (): void => listeners.forEach((listener) => listener());
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function addAlert(input: AlertInput): void {
  alerts = [...alerts, { ...input, id: nextId++ }].slice(-3);
  tell();
}

function dropAlert(id: number): void {
  alerts = alerts.filter((one) => one.id !== id);
  tell();
}

export function openFrame(input: Frame): void {
  frame = input;
  tell();
}

const shownForMs = 8_000;

/** Goes by itself, unless somebody reads it: the time stops while it is pointed at or focused. Bad news stays. */
function Banner({ id, type = 'info', title, message }: Shown) {
  const [held, setHeld] = useState(false);
  const stays = held || type === 'danger' || type === 'warning';
  useEffect(() => {
    if (stays) return undefined;
    const timer = setTimeout(() => dropAlert(id), shownForMs);
    return () => clearTimeout(timer);
  }, [stays, id]);
  return (
    <div
      className={classes('hs-alert', 'hs-banner', `hs-tone-${type}`)}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <div>
        {title && <strong>{title}</strong>}
        <div>{message}</div>
      </div>
      <button type="button" className="hs-plain" aria-label="Dismiss" onClick={() => dropAlert(id)}>
        ×
      </button>
    </div>
  );
}

export function Alerts() {
  const all = useSyncExternalStore(subscribe, () => alerts);
  const open = useSyncExternalStore(subscribe, () => frame);
  return (
    <>
      <div className="hs-alerts" role="status" aria-live="polite">
        {all.map((alert) => (
          <Banner key={alert.id} {...alert} />
        ))}
      </div>
      {open && <FrameWindow {...open} />}
    </>
  );
}

function FrameWindow({ uri, width, height, title = 'Window of the app', onClosed }: Frame) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = (): void => {
    frame = null;
    tell();
    onClosed();
  };
  return (
    <dialog ref={dialog} className="hs-window hs-window-frame" aria-label={title} onClose={close}>
      <header className="hs-window-head">
        <h2>{title}</h2>
        <button type="button" className="hs-plain" aria-label="Close" onClick={() => dialog.current?.close()}>
          ×
        </button>
      </header>
      <iframe
        src={uri}
        title={title}
        width={width}
        height={height}
        sandbox="allow-scripts allow-forms allow-popups allow-same-origin"
      />
    </dialog>
  );
}

/** Starts a sandbox inside this process: an HTTP server on its own port with its state in memory. For tests and for start.ts. */
import type { SandboxState } from './state/sandbox-state.ts';

export type SandboxOptions = {
  port?: number;
  host?: string;
  /** Folder with the app event declarations (`*-hsmeta.json`, `*-hsmeta.json.pending`). */
  appEventsFolder?: string;
  /** Real time in milliseconds, under the settable clock. */
  now?: () => number;
};

export type Sandbox = {
  url: string;
  port: number;
  state: SandboxState;
  /** The settable clock. */
  now: () => number;
  close: () => Promise<void>;
};

/** What the page, the worker and the sandbox say to each other about one extension. Types only. */

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What `useExtensionContext()` returns. The sandbox makes it; nobody else looks inside. */
export type ExtensionContext = {
  location: string;
  user: { id: number; email: string; language: string; locale: string; permissions: string[] };
  portal: { id: number; timezone: string };
  crm?: { objectId: number; objectTypeId: string };
  extension: { appId: number; appName: string; cardTitle: string };
  variables: Record<string, string | number | boolean>;
};

/** One extension on a page: the page carries it as JSON in `data-extension`. */
export type ExtensionConfig = {
  uid: string;
  title: string;
  /** The bundle that HubSpot's builder made. */
  script: string;
  worker: string;
  context: ExtensionContext;
  /** Addresses the manifest permits in frames; `openIframeModal` opens no other. */
  iframeUrls: readonly string[];
  /** What the reader switched the network to; the sandbox's fetch obeys it. */
  network: string;
  /** App pages only: where the router starts, and the address it grows from. */
  page?: { path: string; base: string };
};

export type FetchOptions = {
  method?: string;
  timeout?: number;
  headers?: Record<string, string>;
  body?: unknown;
};

/** The answer of the app's server as the sandbox saw it, or why there is none. */
export type FetchAnswer =
  | { kind: 'answer'; status: number; contentType: string | null; body: string; attempts: number; ms: number }
  | { kind: 'refused'; category: string; message: string; attempts: number; ms: number };

export type CrmQuestion =
  | { ask: 'properties'; names: string[] | '*'; format: string[] | 'all' }
  | { ask: 'associations'; request: Record<string, unknown>; format: string[] | 'all' }
  | { ask: 'search'; request: Record<string, unknown>; format: string[] | 'all' };

/** What the page does for the worker. */
export type HostApi = {
  fetch: (url: string, options: FetchOptions) => Promise<FetchAnswer>;
  crm: (question: CrmQuestion) => Promise<{ data?: unknown; error?: string }>;
  act: (name: string, args: unknown[]) => Promise<void>;
  log: (level: LogLevel, text: string) => void;
  fail: (problem: { message: string; stack: string }) => void;
};

/** What the worker does for the page. */
export type WorkerApi = {
  /** Loads the bundle and renders it into the channel. */
  run: (channel: unknown, config: ExtensionConfig) => Promise<void>;
  /** Answers as long as the extension leaves the thread free. */
  ping: () => 'pong';
  pageMoved: (path: string, params: Record<string, string>) => void;
};

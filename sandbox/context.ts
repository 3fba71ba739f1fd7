/** What every part of one running sandbox shares: state, clocks, chance, meters and the request log. */
import type { PreviewOptions } from './extensions/options.ts';
import type { RequestLog } from './middleware/request-log.ts';
import type { RateLimiter } from './middleware/rate-limiter.ts';
import type { SandboxState } from './state/sandbox-state.ts';
import type { WebhookSender } from './webhooks/sender.ts';

export type SandboxContext = {
  state: SandboxState;
  /** The settable clock. */
  now: () => number;
  /** Real milliseconds that only move forward. */
  monotonicNow: () => number;
  randomBytes: (size: number) => Buffer;
  limiter: RateLimiter;
  log: RequestLog;
  appEventsFolder: string;
  webhooks: WebhookSender;
  /** Null: no extensions are shown. */
  preview: PreviewOptions | null;
};

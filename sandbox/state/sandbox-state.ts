/** The whole state of a sandbox. One object that lives as long as the sandbox: reset and load replace its fields, never the object. */
import type { Fault } from './faults.ts';
import type { AccessToken, App, AuthorizationCode, Install, RefreshToken } from './oauth.ts';
import type { Portal } from './portal.ts';
import { switchesSchema, type Switches } from './switches.ts';
import type { EventType } from './timeline.ts';
import type { WorkflowExecution } from './workflows.ts';
import { emptyWebhooks, type WebhookState } from './webhooks.ts';

/** `frozenAt` null: the clock runs with real time plus the offset. */
export type ClockState = { frozenAt: number | null; offsetMs: number };

export type SandboxState = {
  clock: ClockState;
  switches: Switches;
  /** By app id. */
  apps: Map<number, App>;
  portals: Map<number, Portal>;
  codes: Map<string, AuthorizationCode>;
  accessTokens: Map<string, AccessToken>;
  refreshTokens: Map<string, RefreshToken>;
  /** `{appId}/{portalId}` -> install, the removed ones included. */
  installs: Map<string, Install>;
  /** `{generation}/{appId}/{key}` -> type. Fully qualified names are resolved to it. */
  eventTypes: Map<string, EventType>;
  faults: Fault[];
  webhooks: WebhookState;
  /** By callback id. */
  workflowExecutions: Map<string, WorkflowExecution>;
  /** Next number for templates, faults and the like. */
  nextId: number;
};

export function emptyState(): SandboxState {
  return {
    clock: { frozenAt: null, offsetMs: 0 },
    switches: switchesSchema.parse({}),
    apps: new Map(),
    portals: new Map(),
    codes: new Map(),
    accessTokens: new Map(),
    refreshTokens: new Map(),
    installs: new Map(),
    eventTypes: new Map(),
    faults: [],
    webhooks: emptyWebhooks(),
    workflowExecutions: new Map(),
    nextId: 1_000_001,
  };
}

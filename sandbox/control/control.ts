/** Everything a test can do to a sandbox from outside HubSpot's API. The control router and in-process tests both call this. */
import * as z from 'zod';
import type { SandboxContext } from '../context.ts';
import { changeScopes, issueAccessToken, issueRefreshToken, recordInstall, uninstall } from '../oauth/grants.ts';
import type { LogEntry, RouteCount } from '../middleware/request-log.ts';
import type { PortalLoad } from '../middleware/rate-limiter.ts';
import { changeClock } from '../state/clock.ts';
import { faultSchema, type Fault } from '../state/faults.ts';
import type { App } from '../state/oauth.ts';
import type { Portal } from '../state/portal.ts';
import { emptyState } from '../state/sandbox-state.ts';
import { loadState, saveState } from '../state/serialise.ts';
import { switchesSchema, type Switches } from '../state/switches.ts';
import { applySeed, type SeededPortal } from './apply-seed.ts';
import { runAction, type ActionAnswer, type RunAction } from '../automation/run-action.ts';
import type { WorkflowExecution } from '../state/workflows.ts';
import { createWebhookControl, type WebhookControl } from '../webhooks/control.ts';
import { ControlError } from './control-error.ts';
import { defaultSeed } from './default-seed.ts';
import { dumpPortal, type PortalDump } from './dump.ts';
import { queryEvents, type EventQuery, type EventReport } from './query-events.ts';
import { momentSchema, seedSchema, type SeedInput } from './seed-schema.ts';

const clockChangeSchema = z.strictObject({
  now: momentSchema.optional(),
  advanceMs: z.number().optional(),
  /** False: the clock stands still until it is moved. */
  running: z.boolean().optional(),
});

const installSchema = z.strictObject({
  appId: z.int(),
  portalId: z.int(),
  /** Left out: the app's required and optional scopes. */
  scopes: z.array(z.string()).optional(),
});

const grantSchema = z.strictObject({ appId: z.int(), portalId: z.int(), scopes: z.array(z.string()) });

const privateTokenSchema = z.strictObject({
  portalId: z.int(),
  token: z.string().min(8),
  scopes: z.array(z.string()),
  appId: z.int().default(0),
});

const logFilterSchema = z.object({
  route: z.string().optional(),
  portalId: z.coerce.number().optional(),
  status: z.coerce.number().optional(),
  limit: z.coerce.number().int().positive().default(100),
});

type Clock = { now: number; iso: string; running: boolean };
type Grant = { portalId: number; accessToken: string; refreshToken: string; expiresAt: number | null };
type PrivateToken = z.input<typeof privateTokenSchema>;
type Counts = { total: number; counts: RouteCount[]; loads: PortalLoad[] };

export type Control = {
  reset: (options?: { seed?: 'empty' | 'default' | undefined }) => void;
  seed: (seed: SeedInput) => { portals: SeededPortal[] };
  clock: () => Clock;
  setClock: (change: z.input<typeof clockChangeSchema>) => Clock;
  switches: () => Switches;
  setSwitches: (change: Partial<Switches>) => Switches;
  faults: () => Fault[];
  addFault: (fault: z.input<typeof faultSchema>) => Fault;
  /** All of them, or the one with this id. */
  clearFaults: (id?: number) => void;
  install: (request: z.input<typeof installSchema>) => Grant;
  /** As a person would in HubSpot. False: the app was not installed there. */
  uninstall: (target: { appId: number; portalId: number }) => boolean;
  /** Changes what an installation may do, from the next call and refresh on. False: the app is not installed there. */
  setScopes: (grant: z.input<typeof grantSchema>) => boolean;
  addPrivateToken: (token: PrivateToken) => void;
  /** As a person would who rotates or deletes the token of a private app. */
  removePrivateToken: (token: string) => void;
  /** Newest last. */
  log: (filter?: z.input<typeof logFilterSchema>) => LogEntry[];
  counts: () => Counts;
  clearLog: () => void;
  dump: (portalId: number) => PortalDump;
  events: (portalId: number, query?: EventQuery) => EventReport;
  webhooks: WebhookControl;
  /** Runs an action of the app as a step of a workflow. */
  runAction: (action: RunAction) => Promise<ActionAnswer>;
  /** Executions of actions, by callback id. */
  execution: (callbackId: string) => WorkflowExecution | undefined;
  save: () => string;
  load: (saved: string) => void;
};

export function createControl(context: SandboxContext, realNow: () => number): Control {
  const { state } = context;
  const portalOf = (portalId: number): Portal => {
    const portal = state.portals.get(portalId);
    if (portal === undefined) throw new ControlError(`There is no portal ${portalId}`, 404);
    return portal;
  };
  const appOf = (appId: number): App => {
    const app = state.apps.get(appId);
    if (app === undefined) throw new ControlError(`There is no app ${appId}`, 404);
    return app;
  };
  const clock = (): Clock => ({
    now: context.now(),
    iso: new Date(context.now()).toISOString(),
    running: state.clock.frozenAt === null,
  });
  const seed = (input: SeedInput) => applySeed(context, seedSchema.parse(input));
  const clearLog = (): void => {
    context.log.clear();
    context.limiter.clear();
  };

  return {
    reset(options) {
      Object.assign(state, emptyState());
      clearLog();
      if (options?.seed === 'default') seed(defaultSeed);
    },
    seed,
    clock,
    setClock(change) {
      state.clock = changeClock(state.clock, realNow(), clockChangeSchema.parse(change));
      return clock();
    },
    runAction: (action) => runAction(context, action),
    execution: (callbackId) => state.workflowExecutions.get(callbackId),
    switches: () => state.switches,
    setSwitches(change) {
      state.switches = switchesSchema.parse({ ...state.switches, ...change });
      return state.switches;
    },
    faults: () => state.faults,
    addFault(input) {
      const fault = { ...faultSchema.parse(input), id: state.nextId, hits: 0, seen: 0, randomState: 0 };
      fault.randomState = fault.seed;
      state.nextId += 1;
      state.faults.push(fault);
      return fault;
    },
    clearFaults(id) {
      state.faults = id === undefined ? [] : state.faults.filter((fault) => fault.id !== id);
    },
    install(request) {
      const { appId, portalId, scopes } = installSchema.parse(request);
      const app = appOf(appId);
      const portal = portalOf(portalId);
      const granted = (scopes ?? [...app.requiredScopes, ...app.optionalScopes]).filter(
        (scope) => !portal.unavailableScopes.includes(scope),
      );
      const grant = { appId, portalId, userId: portal.users[0]?.userId ?? 0, scopes: granted };
      recordInstall(context, grant);
      const access = issueAccessToken(context, grant);
      const refreshToken = issueRefreshToken(context, grant).token;
      return { portalId, accessToken: access.token, refreshToken, expiresAt: access.expiresAt };
    },
    uninstall: ({ appId, portalId }) => uninstall(context, { appId, portalId, by: 'user' }),
    setScopes: (request) => changeScopes(context, grantSchema.parse(request)),
    removePrivateToken: (token) => void state.accessTokens.delete(token),
    addPrivateToken(input) {
      const { portalId, token, scopes, appId } = privateTokenSchema.parse(input);
      portalOf(portalId);
      const issuedAt = context.now();
      const held = { token, appId, portalId, userId: null, scopes, issuedAt, expiresAt: null, revoked: false };
      state.accessTokens.set(token, held);
    },
    log(filter) {
      const { route, portalId, status, limit } = logFilterSchema.parse(filter ?? {});
      return context.log
        .entries()
        .filter(
          (entry) =>
            (route === undefined || entry.route.includes(route)) &&
            (portalId === undefined || entry.portalId === portalId) &&
            (status === undefined || entry.status === status),
        )
        .slice(-limit);
    },
    counts: () => ({ total: context.log.total(), counts: context.log.counts(), loads: context.limiter.loads() }),
    clearLog,
    dump: (portalId) => dumpPortal(state, portalOf(portalId)),
    events: (portalId, query) => queryEvents(portalOf(portalId), query ?? {}),
    webhooks: createWebhookControl(context),
    save: () => saveState(state),
    load(saved) {
      Object.assign(state, loadState(saved));
      clearLog();
    },
  };
}

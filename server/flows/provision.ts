// Makes a portal ready: property group, properties and event types (product A4). Every step can be repeated, is visible
// while it runs, and repairs what somebody deleted.
import { elidoGroup, elidoProperties } from '../domain/elido-properties.ts';
import { toCoded, type CodedError } from '../errors.ts';
import { ensureGroup, ensureProperty } from '../hubspot/properties.ts';
import { groupBy } from '../lib/chunk.ts';
import type { Connection } from '../store/connections.ts';
import type { Portal, Provisioning, ProvisioningStep } from '../store/portals.ts';
import type { Context } from './context.ts';
import type { PortalSession } from './delivery/session.ts';

interface Step {
  name: string;
  run(): Promise<string>;
}

const retryFailedAfterMs = 60_000;

/** True when the portal can be written to. A failed attempt is repeated after a minute, while deliveries wait. */
export async function provision(context: Context, session: PortalSession, portal: Portal): Promise<boolean> {
  const { state, at } = portal.provisioning;
  if (state === 'ready') return true;
  if (state === 'failed' && context.now() - at.getTime() < retryFailedAfterMs) return false;
  const steps = stepsOf(session);
  const shown: ProvisioningStep[] = steps.map(({ name }) => ({
    name,
    state: 'pending',
    detail: '',
    at: stamp(context),
  }));
  for (const [index, step] of steps.entries()) {
    session.signal.throwIfAborted();
    const failure = await runStep(context, step, shown[index] as ProvisioningStep);
    await save(context, portal._id, { state: failure ? 'failed' : 'running', steps: shown, at: stamp(context) });
    if (failure) {
      await noteDenial(context, portal._id, failure);
      context.log.warn({ portalId: portal._id, step: step.name, code: failure.code }, 'a provisioning step failed');
      return false;
    }
  }
  await save(context, portal._id, { state: 'ready', steps: shown, at: stamp(context) });
  return true;
}

/** Asks for another run, because something that should be there was not. */
export async function requestProvisioning({ store, now }: Context, portalId: number): Promise<void> {
  await store.portals.saveProvisioning({
    portalId,
    provisioning: { state: 'pending', steps: [], at: new Date(now()) },
  });
}

/** The doctor, the console and the settings page say then that rights are missing. */
async function noteDenial({ store, now }: Context, portalId: number, failure: CodedError): Promise<void> {
  if (failure.code !== 'hubspot_insufficient_permissions') return;
  const scopes = Array.isArray(failure.details['scopes']) ? failure.details['scopes'].map(String) : [];
  await store.portals.limit({ portalId, reason: failure.code, scopes, now: now(), recheckAt: now() });
}

async function runStep(context: Context, step: Step, shown: ProvisioningStep): Promise<CodedError | null> {
  try {
    shown.detail = await step.run();
    shown.state = 'done';
    return null;
  } catch (error) {
    const failure = toCoded(error);
    shown.detail = failure.message;
    shown.state = 'failed';
    return failure;
  } finally {
    shown.at = stamp(context);
  }
}

function stepsOf(session: PortalSession): Step[] {
  const { api } = session;
  const groups = (['contacts', 'deals'] as const).map((object): Step => {
    return { name: `Property group of ${object}`, run: () => ensureGroup(api, { objectType: object, ...elidoGroup }) };
  });
  const properties = elidoProperties.map(({ object, ...property }): Step => {
    const definition = { ...property, groupName: elidoGroup.name };
    return {
      name: `Property ${property.name} of ${object}`,
      run: () => ensureProperty(api, { objectType: object, property: definition }),
    };
  });
  const active = [...session.connections.values()].filter(({ state }) => state === 'active');
  // Workspaces that share the account share the step of a dialect.
  const eventTypes = [...groupBy(active, ({ dialect }) => dialect)].map(([dialect, connections]): Step => ({
    name: `Event types (${dialect})`,
    run: () => prepareDialect(session, connections),
  }));
  return [...groups, ...properties, ...eventTypes];
}

async function prepareDialect(session: PortalSession, connections: readonly Connection[]): Promise<string> {
  for (const connection of connections) await session.dialectOf(connection);
  return `ready to write ${connections[0]?.dialect ?? ''}`;
}

async function save({ store }: Context, portalId: number, provisioning: Provisioning): Promise<void> {
  await store.portals.saveProvisioning({ portalId, provisioning });
}

function stamp({ now }: Context): Date {
  return new Date(now());
}

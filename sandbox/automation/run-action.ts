/** Runs an action of an app as a step of a workflow does: one signed POST, and what comes of its answer. */
import * as z from 'zod';
import type { SandboxContext } from '../context.ts';
import { ControlError } from '../control/control-error.ts';
import { signatureHeaders } from '../webhooks/sign.ts';
import type { WorkflowExecution } from '../state/workflows.ts';

export const runActionSchema = z.strictObject({
  appId: z.int(),
  portalId: z.int(),
  /** The `actionUrl` of the action. */
  url: z.url(),
  objectId: z.int(),
  objectType: z.string().default('CONTACT'),
  inputFields: z.record(z.string(), z.unknown()).default({}),
  /** The same id again is a repeated call of the same execution. */
  callbackId: z.string().optional(),
  signature: z.enum(['v2', 'v3']).default('v3'),
});

export type RunAction = z.input<typeof runActionSchema>;
export type ActionAnswer = { callbackId: string; status: number; body: unknown; execution: WorkflowExecution };

const answerSchema = z.looseObject({ outputFields: z.record(z.string(), z.unknown()).default({}) });
const TIMEOUT_MS = 20_000;

export async function runAction(context: SandboxContext, input: RunAction): Promise<ActionAnswer> {
  const { appId, portalId, url, objectId, objectType, inputFields, signature, ...rest } = runActionSchema.parse(input);
  const { state } = context;
  const secret = state.apps.get(appId)?.clientSecret;
  if (secret === undefined) throw new ControlError(`There is no app ${appId}`, 404);
  const callbackId = rest.callbackId ?? `ap-${portalId}-${state.nextId++}-1-0`;
  const origin = { portalId, actionDefinitionId: 1, actionDefinitionVersion: 1 };
  const object = { objectId, objectType };
  const body = JSON.stringify({
    callbackId,
    origin,
    context: { source: 'WORKFLOWS', workflowId: 1 },
    object,
    inputFields,
  });
  const headers = signatureHeaders([signature], { method: 'POST', url, body, secret, now: context.now() });
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const reply: unknown = await response.json().catch(() => null);
  const { outputFields } = answerSchema.catch({ outputFields: {} }).parse(reply);
  const isBlocked = response.ok && outputFields['hs_execution_state'] === 'BLOCK';
  const known = state.workflowExecutions.get(callbackId);
  const execution = known ?? {
    callbackId,
    appId,
    portalId,
    state: response.ok ? (isBlocked ? 'blocked' : 'done') : 'failed',
    outputFields: isBlocked ? {} : outputFields,
    completions: 0,
  };
  state.workflowExecutions.set(callbackId, execution);
  return { callbackId, status: response.status, body: reply, execution };
}

/** Completing blocked steps of workflows, one or many at a time. Answers 204 without a body. */
import * as z from 'zod';
import { apiError } from '../http/api-error.ts';
import { noContent, type PortalCall, type PortalRoute, type Reply, type ScopeRule } from '../http/call.ts';
import { parseBody } from '../http/parse.ts';

const scopes = (): ScopeRule => ({ anyOf: ['automation'], shape: 'objects' });
const outputFields = z.record(z.string(), z.unknown()).default({});
const one = z.looseObject({ outputFields });
const many = z.looseObject({
  inputs: z
    .array(z.looseObject({ callbackId: z.string(), outputFields }))
    .min(1)
    .max(100),
});

function complete({ context, portal, token }: PortalCall, callbackId: string, fields: Record<string, unknown>): void {
  const found = context.state.workflowExecutions.get(callbackId);
  if (found?.portalId !== portal.portalId || found.appId !== token.appId) {
    throw apiError(404, { message: `No blocked execution with callback id ${callbackId}` });
  }
  found.completions += 1;
  if (found.state !== 'blocked') return;
  found.state = 'done';
  found.outputFields = fields;
}

function completeMany(call: PortalCall): Reply {
  for (const { callbackId, outputFields: fields } of parseBody(many, call.body).inputs)
    complete(call, callbackId, fields);
  return noContent;
}

function completeOne(call: PortalCall): Reply {
  complete(call, call.params['callbackId'] ?? '', parseBody(one, call.body).outputFields);
  return noContent;
}

export const callbackRoutes: PortalRoute[] = [
  { method: 'post', path: '/automation/actions/callbacks/complete', scopes, run: completeMany },
  { method: 'post', path: '/automation/actions/callbacks/:callbackId/complete', scopes, run: completeOne },
];

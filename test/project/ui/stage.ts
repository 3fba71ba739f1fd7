// Puts a card on a stage: HubSpot's test renderer, a user with a language, and an Elido that answers what the test says.
import type { ReactElement } from 'react';
import { hubspot } from '@hubspot/ui-extensions';
import { createRenderer } from '@hubspot/ui-extensions/testing';
import { expect, vi } from 'vitest';
import type { OperationId, Reply } from '../../../src/app/cards/shared/call-card-api.ts';
import { cardPaths } from '../../../src/app/cards/shared/card-api.ts';

export const origin = 'https://elido.example.com';

export interface Asked {
  method: string;
  path: string;
  query: Record<string, string>;
  body: unknown;
}

interface Refusal {
  status: number;
  code?: string;
  message?: string;
  field?: string;
}

type Answer<Id extends OperationId> = Reply<Id> | ((asked: Asked) => Reply<Id> | Refusal | 'lost');
export type Answers = { [Id in OperationId]?: Answer<Id> };

/** Answers by operation; what a test did not expect fails it. Returns what was asked, in order. */
export function answer(answers: Answers): Asked[] {
  const log: Asked[] = [];
  vi.spyOn(hubspot, 'fetch').mockImplementation(async (address, options = {}) => {
    const url = new URL(String(address));
    expect(url.origin).toBe(origin);
    const asked = {
      method: options.method ?? 'GET',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      body: options.body ?? null,
    };
    log.push(asked);
    const id = operationOf(asked);
    const given = answers[id];
    if (given === undefined) throw new Error(`Nobody answers ${id}`);
    const reply = typeof given === 'function' ? given(asked) : given;
    if (reply === 'lost') throw new Error('connection lost');
    return isRefusal(reply) ? refuse(reply) : Response.json(reply);
  });
  return log;
}

function operationOf({ method, path }: Asked): OperationId {
  const found = (Object.keys(cardPaths) as OperationId[]).find((id) => {
    const pattern = new RegExp(`^${cardPaths[id].path.replace(/\{\w+\}/g, '[^/]+')}$`);
    return cardPaths[id].method === method && pattern.test(path);
  });
  if (!found) throw new Error(`The contract has no ${method} ${path}`);
  return found;
}

function isRefusal(reply: object): reply is Refusal {
  return 'status' in reply && typeof reply.status === 'number';
}

function refuse({ status, code = 'internal', message = 'No.', field }: Refusal): Response {
  return Response.json({ error: { code, message, ...(field ? { field } : {}) } }, { status });
}

type Place = 'crm.record.tab' | 'crm.record.sidebar' | 'settings' | 'pages';

interface Setting {
  location?: Place;
  language?: string;
  objectId?: number;
}

export function show(
  element: ReactElement,
  { location = 'crm.record.tab', language = 'en', objectId = 701 }: Setting = {},
) {
  const stage = createRenderer(location);
  const { context } = stage.mocks;
  Object.assign(context, { variables: { APP_ORIGIN: origin } });
  Object.assign(context.user, { language });
  if ('crm' in context) Object.assign(context.crm, { objectId });
  stage.render(element);
  return stage;
}

/** Everything that can be read, in order: texts and the props that show as text. */
export function readAll(stage: ReturnType<typeof show>): string {
  return stage.getRootNode().toString();
}

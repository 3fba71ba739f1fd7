// The OpenAPI document: valid, served, committed, and true to the routes.
import { readFile } from 'node:fs/promises';
import { validate } from '@readme/openapi-parser';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Router } from 'express';
import { makeOpenapiDocument } from '../../server/contract/openapi.ts';
import { makeVisits } from '../../server/http/redirect/visits.ts';
import { makeRoutes } from '../../server/http/routes.ts';
import { startTestServer, type TestServer } from '../helpers/start-test-server.ts';

interface Operation {
  operationId: string;
  description: string;
  requestBody?: unknown;
  responses: Record<string, unknown>;
  security: Record<string, unknown>[];
}

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const document = makeOpenapiDocument() as { openapi: string; paths: Record<string, Record<string, Operation>> };
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

it('is valid OpenAPI 3.1', async () => {
  expect(document.openapi).toBe('3.1.0');
  const result = await validate(structuredClone(document) as never);
  expect(result).toMatchObject({ valid: true });
});

it('is served, and the committed copy is the same', async () => {
  const { status, body, headers } = await supertest(server.url).get('/openapi.json');
  expect(status).toBe(200);
  expect(headers['content-type']).toContain('application/json');
  const committed = JSON.parse(await readFile(new URL('../../docs/openapi.json', import.meta.url), 'utf8'));
  expect(body).toEqual(committed);
});

/** Every method and path that Express answers, nested routers included. */
function routesOf(router: Router): string[] {
  return router.stack.flatMap(({ route, handle }) => {
    if (!route) return 'stack' in handle ? routesOf(handle as Router) : [];
    const paths = [route.path].flat();
    const methods = route.stack.map(({ method }) => method);
    return paths.flatMap((path) => [...new Set(methods)].map((method) => `${method} ${path}`));
  });
}

/** For people who are not signed in yet, and the app itself: pages, not the API. */
const pages = /^\w+ \/console(\/\*path|\/sign-in\/.*)?$/;

it('has every address of the API and of the console, so that no route escapes the tests that are made from it', () => {
  const routes = routesOf(makeRoutes(server.context, makeVisits(server.context)))
    .filter((route) => / \/(v1|console)(\/|$)/.test(route) && !pages.test(route))
    .map((route) => route.replaceAll(/:(\w+)/g, '{$1}'));
  expect(routes.length).toBeGreaterThan(40);
  expect(routes.toSorted()).toEqual(operations.map(({ path, method }) => `${method} ${path}`).toSorted());
});

it('names each operation once', () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

/** Behind an API key; what pages may call has tests of its own. */
const keyed = operations.filter(({ operation }) => operation.security.some((scheme) => 'apiKey' in scheme));

describe.each(keyed)('$method $path', ({ path, method, operation }) => {
  const address = path.replaceAll(/\{\w+\}/g, 'none');
  const ask = () => supertest(server.url)[method as 'get'](address);

  it('exists and wants a key', async () => {
    const { status, body } = await ask();
    expect(status).toBe(401);
    expect(body.error.code).toBe('unauthorized');
  });

  it('wants the scope it says', async () => {
    const scope = /`([a-z]+:[a-z]+)`/.exec(operation.description)?.[1];
    const { key } = await server.makeTenant({ scopes: scope === 'links:read' ? ['links:write'] : ['links:read'] });
    const { status, body } = await ask().set('Authorization', `Bearer ${key}`);
    expect(status).toBe(403);
    expect(body.error.details.scope).toBe(scope);
  });
});

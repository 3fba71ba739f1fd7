// A person at the console: signed in by a link as they would be, with a browser that keeps the cookie and says where it comes from.
import supertest from 'supertest';
import { expect } from 'vitest';
import type { Role } from '../../server/contract/api-scopes.ts';
import { makeOperatorLink } from '../../server/flows/console/sign-in-links.ts';
import type { TestServer } from './start-test-server.ts';

export interface Visitor {
  /** Real HTTP with the cookie of the session, as a page of the console sends it. */
  page: ReturnType<typeof supertest.agent>;
  /** The `Set-Cookie` of the sign-in. */
  cookie: string;
}

interface SignIn {
  workspaceId: string;
  role?: Role;
  email?: string;
}

/** Somebody of this role, a member of their own for each address. */
export async function signIn(
  server: TestServer,
  { workspaceId, role = 'owner', email = `${role}@example.com` }: SignIn,
): Promise<Visitor> {
  const { url } = await makeOperatorLink(server.context, { workspaceId, role, email });
  return openLink(server, url);
}

/** Presses the button on the page of a sign-in link. */
export async function openLink(server: TestServer, url: string, cookie?: string): Promise<Visitor> {
  const page = supertest.agent(server.url).set('Sec-Fetch-Site', 'same-origin');
  if (cookie !== undefined) page.jar.setCookie(cookie, new URL(server.url).hostname, '/');
  const { pathname } = new URL(url);
  const reply = await page.post(pathname).expect(303);
  return { page, cookie: String(reply.headers['set-cookie']) };
}

/** Awaits a request and checks how it ended, with what was said when it ended otherwise. */
export async function expectStatus(reply: PromiseLike<supertest.Response>, status: number): Promise<void> {
  const { status: is, text } = await reply;
  expect({ status: is, ...(is === status ? {} : { text }) }).toEqual({ status });
}

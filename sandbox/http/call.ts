/** What a handler is given and what it returns. Handlers are plain functions over the state: they never see Express. */
import type { SandboxContext } from '../context.ts';
import type { AccessToken } from '../state/oauth.ts';
import type { Portal } from '../state/portal.ts';
import type { ApiVersion } from './api-paths.ts';

export type Reply = { status: number; body?: unknown; headers?: Record<string, string> };

export type OpenCall = {
  context: SandboxContext;
  /** The settable clock, read once per call. */
  now: number;
  version: ApiVersion;
  params: Record<string, string>;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  body: unknown;
};

/** A call with a live token of an account. */
export type PortalCall = OpenCall & { portal: Portal; token: AccessToken };

/** `objects` and `schemas` differ in how HubSpot words the refusal. */
export type ScopeRule = { anyOf: readonly string[]; shape: 'objects' | 'schemas' };

type RouteBase = {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Canonical path: without a version, see api-paths.ts. */
  path: string;
  /** Answers on these versions only. Left out: on every version of its family. */
  versions?: readonly ApiVersion[];
};

export type OpenRoute = RouteBase & { run: (call: OpenCall) => Reply };

export type PortalRoute = RouteBase & {
  scopes: (params: Record<string, string>) => ScopeRule;
  /** Search has its own bucket and does not count against the burst limit. */
  bucket?: 'search';
  run: (call: PortalCall) => Reply;
};

export type Route = OpenRoute | PortalRoute;

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const created = (body: unknown, location?: string): Reply =>
  location === undefined ? { status: 201, body } : { status: 201, body, headers: { Location: location } };
export const noContent: Reply = { status: 204 };

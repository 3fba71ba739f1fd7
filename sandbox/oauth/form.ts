/** Parameters of the token endpoints: form fields in the body. Only v1 also takes them from the query. */
import type { OpenCall } from '../http/call.ts';
import type { App } from '../state/oauth.ts';
import { oauthError } from './errors.ts';

export type Form = (name: string) => string;

export function formOf(call: OpenCall): Form {
  const body = typeof call.body === 'object' && call.body !== null ? (call.body as Record<string, unknown>) : {};
  return (name) => {
    const value = body[name];
    if (typeof value === 'string') return value;
    return call.version === 'v1' ? (call.query.get(name) ?? '') : '';
  };
}

export function clientOf(call: OpenCall, form: Form): App {
  const clientId = form('client_id');
  const app = [...call.context.state.apps.values()].find((candidate) => candidate.clientId === clientId);
  if (app === undefined) throw oauthError('BAD_CLIENT_ID');
  if (form('client_secret') !== app.clientSecret) throw oauthError('BAD_CLIENT_SECRET');
  return app;
}

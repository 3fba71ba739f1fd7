// The scopes of the app are those that the server asks for: HubSpot refuses an installation whose list differs, and a reviewer one that is longer.
import { z } from 'zod';
import { requiredScopeNames } from '../../../server/domain/scopes.ts';
import type { Component, Problem } from '../read-project.ts';

/** Asked for only by what a customer switches on. `automation`: to let a workflow go on that waits for a click. */
const optionalScopeNames = ['automation'];

const authSchema = z.object({
  auth: z.object({ requiredScopes: z.array(z.string()), optionalScopes: z.array(z.string()).default([]) }),
});

export function checkScopes(components: readonly Component[]): Problem[] {
  return components
    .filter(({ type }) => type === 'APPLICATION')
    .flatMap(({ file, config }) => {
      const { auth } = authSchema.parse(config);
      return [
        ...differences(file, 'requiredScopes', auth.requiredScopes, requiredScopeNames),
        ...differences(file, 'optionalScopes', auth.optionalScopes, optionalScopeNames),
      ];
    });
}

function differences(file: string, list: string, has: readonly string[], wants: readonly string[]): Problem[] {
  const missing = wants
    .filter((scope) => !has.includes(scope))
    .map((scope) => `${list} lacks ${scope}, which the server asks for.`);
  const idle = has
    .filter((scope) => !wants.includes(scope))
    .map((scope) => `${list} has ${scope}, which nothing uses.`);
  return [...missing, ...idle].map((message) => ({ check: 'scopes', file, message }));
}

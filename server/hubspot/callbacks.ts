// Tells HubSpot that steps of workflows are over that waited for us. One call for many.
import type { PortalApi } from './portal.ts';

export interface Completion {
  callbackId: string;
  outputFields: Record<string, string>;
}

export const completionsPerCall = 100;

export async function completeCallbacks(portal: PortalApi, completions: readonly Completion[]): Promise<void> {
  if (completions.length === 0) return;
  const inputs = completions.map(({ callbackId, outputFields }) => ({
    callbackId,
    outputFields: { ...outputFields, hs_execution_state: 'SUCCESS' },
  }));
  await portal.call({ ...portal.endpoint('callbacksComplete'), body: { inputs } });
}

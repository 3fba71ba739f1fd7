/** Executions of workflow actions: HubSpot calls the app's address, and a blocked one waits until the app completes it. */

export type WorkflowExecution = {
  callbackId: string;
  appId: number;
  portalId: number;
  state: 'blocked' | 'done' | 'failed';
  outputFields: Record<string, unknown>;
  /** How often the app completed it: more than once is a mistake of the app. */
  completions: number;
};

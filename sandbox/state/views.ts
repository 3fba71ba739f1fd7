/** What the pages are given to show where state alone is not enough: the consent page and live request counts. */
import type { PreviewOptions } from '../extensions/options.ts';
import type { SandboxState } from './sandbox-state.ts';

export type ConsentView = {
  appName: string;
  /** Accounts to choose from. `selected` when the address named one. */
  accounts: { portalId: number; name: string; domain: string; selected: boolean }[];
  requiredScopes: string[];
  optionalScopes: string[];
  /** Hidden form fields: the query of the authorize address, to be posted back unchanged. */
  hiddenFields: Record<string, string>;
  /** Where the form posts: fields `account`, `decision` (`grant` or `deny`) and the hidden ones. */
  action: '/oauth/authorize/decision';
};

export type RequestCount = { route: string; portalId: number | null; calls: number };

/** What `createPages` in sandbox/pages/index.ts is called with. */
export type PagesDeps = {
  state: SandboxState;
  now: () => number;
  requestCounts: () => RequestCount[];
  /** Null: no extensions are shown. */
  preview: PreviewOptions | null;
};

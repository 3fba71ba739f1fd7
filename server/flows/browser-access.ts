// What pages in a browser may do for a workspace: from which origins conversions are taken, under which public key,
// and whether an email that a page names is believed.
import { parseOrigin } from '../domain/origin.ts';
import { CodedError } from '../errors.ts';
import { randomCharacters } from '../lib/ids.ts';
import type { BrowserAccess } from '../store/workspaces.ts';
import type { Context } from './context.ts';

export interface BrowserAccessChange {
  workspaceId: string;
  /** Replaces the list; empty: no page may send anything. */
  origins?: readonly string[] | undefined;
  acceptEmail?: boolean | undefined;
  /** The old key ends, within ten seconds in other processes. */
  newKey?: boolean | undefined;
}

/** The settings after the change. The first call makes the public key. */
export async function changeBrowserAccess(
  { store, caches }: Pick<Context, 'store'> & Partial<Pick<Context, 'caches'>>,
  { workspaceId, origins, acceptEmail, newKey = false }: BrowserAccessChange,
): Promise<BrowserAccess> {
  const workspace = await store.workspaces.find(workspaceId);
  if (!workspace) throw new CodedError('not_found', `There is no workspace ${workspaceId}.`, { field: 'workspace' });
  const known = workspace.browser ?? { publicKey: '', origins: [], acceptEmail: false };
  const browser: BrowserAccess = {
    publicKey: newKey || known.publicKey === '' ? `elp_${randomCharacters(32)}` : known.publicKey,
    origins: origins === undefined ? known.origins : [...new Set(origins.map(checkOrigin))],
    acceptEmail: acceptEmail ?? known.acceptEmail,
  };
  await store.workspaces.setBrowser({ workspaceId, browser });
  caches?.sites.delete(known.publicKey);
  return browser;
}

function checkOrigin(text: string): string {
  const origin = parseOrigin(text.trim());
  if (origin !== null) return origin;
  throw new CodedError('invalid_request', `"${text}" is no origin. Write it like this: https://www.example.com`, {
    field: 'origins',
  });
}

/** The workspace whose page is asking. */
export interface Site {
  workspaceId: string;
  acceptEmail: boolean;
}

/** Throws `unauthorized` for an unknown key, `forbidden` for a page that the workspace does not know. */
export async function findSite(
  context: Context,
  { publicKey, origin }: { publicKey: string; origin: string | undefined },
): Promise<Site> {
  const workspace = await workspaceOf(context, publicKey);
  if (!workspace?.browser) throw new CodedError('unauthorized', 'This public key is not known.', { field: 'key' });
  const { origins, acceptEmail } = workspace.browser;
  if (origin !== undefined && origins.includes(origin)) return { workspaceId: workspace._id, acceptEmail };
  throw new CodedError('forbidden', 'Pages of this origin may not report anything. Add it to the allowed origins.');
}

async function workspaceOf({ store, caches }: Context, publicKey: string) {
  const cached = caches.sites.get(publicKey);
  if (cached?.fresh) return cached.value;
  const workspace = await store.workspaces.findByPublicKey(publicKey);
  if (workspace) caches.sites.set(publicKey, workspace);
  else caches.sites.delete(publicKey);
  return workspace;
}

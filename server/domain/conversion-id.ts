// The id of a conversion: the sender's own, or one that makes a second report of the same thing a resend. Pure.
import { digestOf, idPrefixes } from '../lib/ids.ts';

export interface Told {
  workspaceId: string;
  via: 'api' | 'browser';
  conversionId: string | undefined;
  clickId: string | null;
  name: string;
}

/**
 * Null when nothing tells one report from the next: then each is a conversion of its own.
 * Ids that a browser names are kept apart: with the public key of a page nobody may take an id that a server is about to use.
 */
export function conversionIdOf({ workspaceId, via, conversionId, clickId, name }: Told): string | null {
  if (conversionId !== undefined) return via === 'browser' ? `web~${conversionId}` : conversionId;
  if (clickId === null) return null;
  return `${idPrefixes.conversion}_${digestOf(via, workspaceId, clickId, name).slice(0, 32)}`;
}

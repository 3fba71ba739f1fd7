// The newest tokens of each portal, sealed, on the disk of the host that refreshed them. They are there before the store has them: a crash
// between the two, a store that does not answer, or a restored backup then costs no installation where HubSpot rotates tokens.
import { z } from 'zod';
import type { Portal } from '../../store/portals.ts';
import type { Context } from '../context.ts';

const tokensSchema = z.object({
  /** The installation they belong to: a reinstall begins a new chain. */
  installedAt: z.number().nullable(),
  tokenVersion: z.number(),
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresAt: z.number(),
});

export type KeptTokens = z.infer<typeof tokensSchema>;

export async function keepTokens({ tokenFiles, log }: Context, portalId: number, tokens: KeptTokens): Promise<void> {
  try {
    await tokenFiles.put(String(portalId), JSON.stringify(tokens));
  } catch (error) {
    log.warn({ portalId, err: error }, 'new tokens could not be kept on disk; the store gets them all the same');
  }
}

/** The tokens of the disk where they are newer than those of the store; null otherwise. */
export async function newerTokens({ tokenFiles }: Context, portal: Portal): Promise<KeptTokens | null> {
  const text = await tokenFiles.get(String(portal._id));
  if (text === null) return null;
  const kept = tokensSchema.safeParse(parse(text));
  if (!kept.success || kept.data.installedAt !== (portal.installedAt?.getTime() ?? null)) return null;
  return kept.data.tokenVersion > portal.tokenVersion ? kept.data : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// "Create a tracked link": a short link that knows for whom it was made. The same execution always gets the same link.
import { isCoded } from '../../errors.ts';
import { digestOf } from '../../lib/ids.ts';
import type { Utm } from '../../domain/utm.ts';
import type { Link } from '../../store/links.ts';
import type { Context } from '../context.ts';
import { createLink } from '../create-link.ts';
import { actionConnection, type ActionCall } from './action-connection.ts';

export interface CreateLinkAction extends ActionCall {
  destination: string;
  title: string | undefined;
  tag: string | undefined;
  utm: Utm;
}

export async function createActionLink(
  context: Context,
  { destination, title, tag, utm, ...call }: CreateLinkAction,
): Promise<{ shortUrl: string; slug: string }> {
  const { portalId, callbackId } = call;
  const { workspaceId } = await actionConnection(context, portalId);
  const slug = `w${digestOf('workflow link', String(portalId), callbackId).slice(0, 11)}`;
  const link = {
    slug,
    title: title?.trim() || destination.slice(0, 200),
    destination,
    tags: tag ? [tag.trim().toLowerCase()] : [],
    utm,
  };
  const made = await makeOrFind(context, { workspaceId, link });
  const url = new URL(`/r/${made.slug}`, context.config.publicUrl);
  const { objectType, objectId } = call.object;
  if (objectType === 'CONTACT' || objectType === '0-1') url.searchParams.set('eid', `${portalId}-${objectId}`);
  return { shortUrl: url.href, slug: made.slug };
}

async function makeOrFind(
  context: Context,
  { workspaceId, link }: Parameters<typeof createLink>[1] & { link: { slug: string } },
): Promise<Link> {
  try {
    return await createLink(context, { workspaceId, link });
  } catch (error) {
    if (!isCoded(error, 'conflict')) throw error;
    const [known] = await context.store.links.findMany({ workspaceId, slugs: [link.slug], ids: [] });
    if (known) return known;
    throw error;
  }
}

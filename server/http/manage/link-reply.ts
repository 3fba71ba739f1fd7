// A link in the words of the wire.
import type { z } from 'zod';
import type { linkSchema } from '../../contract/link.ts';
import type { Context } from '../../flows/context.ts';
import type { readLink } from '../../flows/list-links.ts';

type Link = Awaited<ReturnType<typeof readLink>>;

export function linkReply({ config }: Pick<Context, 'config'>, link: Link): z.infer<typeof linkSchema> {
  return {
    id: link._id,
    slug: link.slug,
    short_url: `${config.publicUrl}/r/${link.slug}`,
    title: link.title,
    destination: link.destination,
    tags: link.tags,
    utm: link.utm,
    track: link.track ?? false,
    created_at: link.createdAt.toISOString(),
    updated_at: link.updatedAt.toISOString(),
    archived_at: link.archivedAt?.toISOString() ?? null,
  };
}

// PUT /v1/contacts/:elido_contact_id on the wire: which HubSpot contact an Elido contact is.
import { z } from 'zod';
import { hubspotId, portalId, safeId } from './text.ts';

export const elidoContactIdSchema = safeId(64);

export const contactLinkSchema = z
  .strictObject({
    hs_contact_id: hubspotId,
    portal_id: portalId.optional().meta({ description: 'Needed when the workspace is connected to several portals.' }),
  })
  .meta({ id: 'ContactLink' });

export const contactLinkReplySchema = z
  .object({ elido_contact_id: z.string(), hs_contact_id: z.string(), portal_id: z.int().nullable() })
  .meta({ id: 'ContactLinkReply' });

// PUT /v1/contacts/:elido_contact_id: says which HubSpot contact an Elido contact is.
import type { RequestHandler } from 'express';
import { contactLinkSchema, elidoContactIdSchema } from '../../contract/contact.ts';
import type { Context } from '../../flows/context.ts';
import { linkContact } from '../../flows/link-contact.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseBody, parseInput } from '../middleware/json-body.ts';

export function putContact(context: Context): RequestHandler {
  return async (req, res) => {
    const elidoContactId = parseInput(elidoContactIdSchema, req.params.elido_contact_id, 'elido_contact_id');
    const { hs_contact_id: hsContactId, portal_id } = parseBody(contactLinkSchema, req);
    const { workspaceId } = callerOf(res);
    const { portalId } = await linkContact(context, { workspaceId, elidoContactId, hsContactId, portalId: portal_id });
    res.json({ elido_contact_id: elidoContactId, hs_contact_id: hsContactId, portal_id: portalId });
  };
}

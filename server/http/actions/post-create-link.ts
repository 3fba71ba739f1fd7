// POST /actions/hubspot/create-link: a short link for the record in the workflow.
import type { RequestHandler } from 'express';
import { createLinkActionSchema } from '../../contract/workflow-action.ts';
import { createActionLink } from '../../flows/actions/create-link.ts';
import type { Context } from '../../flows/context.ts';
import { signedJson } from '../hubspot/signed.ts';
import { parseInput } from '../middleware/json-body.ts';

export function postCreateLink(context: Context): RequestHandler {
  return async (req, res) => {
    const { callbackId, origin, object, inputFields } = parseInput(createLinkActionSchema, signedJson(req));
    const { destination, title, tag, utm_source: source, utm_medium: medium, utm_campaign: campaign } = inputFields;
    const { shortUrl, slug } = await createActionLink(context, {
      portalId: origin.portalId,
      callbackId,
      object,
      destination,
      title: title ?? undefined,
      tag: tag ?? undefined,
      utm: { ...(source ? { source } : {}), ...(medium ? { medium } : {}), ...(campaign ? { campaign } : {}) },
    });
    res.json({ outputFields: { short_url: shortUrl, link: slug, hs_execution_state: 'SUCCESS' } });
  };
}

// POST /actions/hubspot/wait-for-click: blocks the step; the worker tells HubSpot when a click came or the time is over.
import type { RequestHandler } from 'express';
import { waitForClickSchema } from '../../contract/workflow-action.ts';
import { waitForClick, waitOutputs } from '../../flows/actions/wait-for-click.ts';
import type { Context } from '../../flows/context.ts';
import { signedJson } from '../hubspot/signed.ts';
import { parseInput } from '../middleware/json-body.ts';

const hourMs = 3600_000;
/** HubSpot goes on by itself this long after we should have told it. */
const graceHours = 24;

export function postWaitForClick(context: Context): RequestHandler {
  return async (req, res) => {
    const { callbackId, origin, object, inputFields } = parseInput(waitForClickSchema, signedJson(req));
    const { link = null, link_tag: tag = null, wait_days: days } = inputFields;
    const wait = await waitForClick(context, { portalId: origin.portalId, callbackId, object, link, tag, days });
    const hours = Math.ceil((wait.until.getTime() - wait.since.getTime()) / hourMs) + graceHours;
    const blocked = { hs_execution_state: 'BLOCK', hs_expiration_duration: `PT${hours}H` };
    res.json({ outputFields: wait.doneAt ? { ...waitOutputs(wait), hs_execution_state: 'SUCCESS' } : blocked });
  };
}

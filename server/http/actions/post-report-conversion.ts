// POST /actions/hubspot/report-conversion: the contact in the workflow converted.
import type { RequestHandler } from 'express';
import { reportConversionSchema } from '../../contract/workflow-action.ts';
import { reportConversion } from '../../flows/actions/report-conversion.ts';
import type { Context } from '../../flows/context.ts';
import { signedJson } from '../hubspot/signed.ts';
import { parseInput } from '../middleware/json-body.ts';

export function postReportConversion(context: Context): RequestHandler {
  return async (req, res) => {
    const { callbackId, origin, object, inputFields } = parseInput(reportConversionSchema, signedJson(req));
    const { name, value, currency } = inputFields;
    const call = { portalId: origin.portalId, callbackId, object, name };
    const { conversionId, status } = await reportConversion(context, {
      ...call,
      value: value ?? undefined,
      currency: currency ?? undefined,
    });
    res.json({ outputFields: { conversion_id: conversionId, status, hs_execution_state: 'SUCCESS' } });
  };
}

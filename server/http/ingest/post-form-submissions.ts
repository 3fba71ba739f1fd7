// POST /v1/form-submissions: tells whose click it was, for clicks that came with a gclid, an fbclid or an Elido contact id.
import type { RequestHandler } from 'express';
import { formSubmissionSchema } from '../../contract/form-submission.ts';
import type { Context } from '../../flows/context.ts';
import { recordFormSubmission } from '../../flows/record-form-submission.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseBody } from '../middleware/json-body.ts';

export function postFormSubmissions(context: Context): RequestHandler {
  return async (req, res) => {
    const submission = parseBody(formSubmissionSchema, req);
    const { workspaceId } = callerOf(res);
    res.status(202).json(await recordFormSubmission(context, { workspaceId, submission }));
  };
}

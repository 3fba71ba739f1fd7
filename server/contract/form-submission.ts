// POST /v1/form-submissions on the wire: an email address that can tell later (or earlier) whose click it was.
import { z } from 'zod';
import { emailText, hubspotId, instant, safeId } from './text.ts';

export const formSubmissionSchema = z
  .strictObject({
    email: emailText,
    submission_id: safeId(128)
      .optional()
      .meta({ description: 'Your id of the submission: sending the same one again changes nothing.' }),
    submitted_at: instant.optional(),
    gclid: safeId(512).optional(),
    fbclid: safeId(512).optional(),
    eid: safeId(64).optional().meta({ description: 'The Elido contact id the links to this person carry.' }),
    hs_contact_id: hubspotId.optional(),
  })
  .meta({ id: 'FormSubmission' });

export type FormSubmission = z.infer<typeof formSubmissionSchema>;

export const formSubmissionReplySchema = z
  .object({ submission_id: z.string(), status: z.string().meta({ example: 'accepted' }) })
  .meta({ id: 'FormSubmissionReply' });

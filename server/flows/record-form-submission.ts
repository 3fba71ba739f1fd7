// A form submission says which email a click id belongs to. Clicks that wait for it are due at once.
import type { FormSubmission } from '../contract/form-submission.ts';
import { matchKeysOf } from '../domain/identity.ts';
import { CodedError } from '../errors.ts';
import type { Context } from './context.ts';
import { releaseWaiting } from './release-waiting.ts';

export interface SubmissionToRecord {
  workspaceId: string;
  submission: FormSubmission;
}

export async function recordFormSubmission(
  context: Context,
  { workspaceId, submission }: SubmissionToRecord,
): Promise<{ submission_id: string; status: 'accepted' | 'duplicate' }> {
  const { gclid = null, fbclid = null, eid = null } = submission;
  const keys = matchKeysOf({ eid, gclid, fbclid });
  if (keys.length === 0) {
    throw new CodedError('invalid_request', 'Send at least one of gclid, fbclid and eid (an Elido contact id).', {
      field: 'gclid',
    });
  }
  const id = submission.submission_id ?? context.newId('submission');
  const isNew = await context.store.formSubmissions.insertNew({
    _id: `${workspaceId}:${id}`,
    workspaceId,
    email: submission.email.toLowerCase(),
    hsContactId: submission.hs_contact_id ?? null,
    keys,
    submittedAt: new Date(submission.submitted_at ?? context.now()),
  });
  // Also for a resend: the first time may have ended between the two writes.
  await releaseWaiting(context, { workspaceId, matchKeys: keys });
  return { submission_id: id, status: isNew ? 'accepted' : 'duplicate' };
}

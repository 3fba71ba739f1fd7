// A conversion that a page reports. Anybody can read the key of a page, so a page may say less than a server:
// no contact id, no time, and an email only where the workspace wants that.
import { publicConversionSchema } from '../contract/conversion.ts';
import { firstProblem } from '../contract/problem.ts';
import { CodedError } from '../errors.ts';
import type { Site } from './browser-access.ts';
import type { Context } from './context.ts';
import { recordConversions } from './record-conversions.ts';

/** Throws what is wrong with it, as a refusal of the whole request. */
export async function recordPublicConversion(
  context: Context,
  { site, row }: { site: Site; row: unknown },
): Promise<'accepted' | 'duplicate'> {
  const parsed = publicConversionSchema.safeParse(row);
  if (!parsed.success) {
    const { field, message } = firstProblem(parsed.error);
    throw new CodedError('invalid_request', message, field === '' ? {} : { field });
  }
  const { email, ...said } = parsed.data;
  const believed = site.acceptEmail && email !== undefined ? { ...said, email } : said;
  if (believed.click_id === undefined && !('email' in believed)) {
    throw new CodedError('invalid_request', 'Nothing tells whose conversion it is: send the click_id.', {
      field: 'click_id',
    });
  }
  const [receipt] = await recordConversions(context, {
    workspaceId: site.workspaceId,
    rows: [believed],
    via: 'browser',
  });
  if (!receipt) throw new Error('A row was left without a receipt.');
  if (receipt.status !== 'rejected') return receipt.status;
  const { code, message, field } = receipt.error ?? { code: 'invalid_request', message: 'The conversion was refused.' };
  throw new CodedError(code, message, field === undefined ? {} : { field });
}

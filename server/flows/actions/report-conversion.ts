// "Report a conversion": the contact of the workflow did what the campaign was for. Once per execution, however often it is sent.
import { CodedError } from '../../errors.ts';
import { digestOf } from '../../lib/ids.ts';
import type { Context } from '../context.ts';
import { recordConversions } from '../record-conversions.ts';
import { actionConnection, contactOf, type ActionCall } from './action-connection.ts';

export interface ReportConversion extends ActionCall {
  name: string;
  value: number | undefined;
  currency: string | undefined;
}

export async function reportConversion(
  context: Context,
  { name, value, currency, ...call }: ReportConversion,
): Promise<{ conversionId: string; status: 'accepted' | 'duplicate' }> {
  const contactId = contactOf(call);
  const { workspaceId } = await actionConnection(context, call.portalId);
  const conversionId = `workflow-${digestOf(String(call.portalId), call.callbackId).slice(0, 32)}`;
  const row = {
    conversion_id: conversionId,
    name,
    hs_contact_id: contactId,
    ...(value === undefined ? {} : { value }),
    ...(currency === undefined ? {} : { currency }),
  };
  const [receipt] = await recordConversions(context, { workspaceId, rows: [row], via: 'api' });
  if (receipt && receipt.status !== 'rejected') return { conversionId, status: receipt.status };
  throw new CodedError('invalid_request', receipt?.error?.message ?? 'The conversion cannot be used.', {
    field: `inputFields.${receipt?.error?.field ?? ''}`,
  });
}

// POST /v1/conversions on the wire: one conversion, or up to 1,000 of them. Rows are judged one by one, as clicks are.
import { z } from 'zod';
import { amountProblem, isCurrency } from '../domain/money.ts';
import { emailText, hubspotId, instant, safeId, shownText } from './text.ts';
import { utmSchema } from './utm.ts';

export const maxConversionsPerRequest = 1_000;

/** `abort`: what is no amount must not reach the check of its decimals. */
const amountText = z
  .string()
  .regex(/^\d{1,13}(\.\d{1,6})?$/, { abort: true, error: 'A number as text has digits and a point: "99.90".' });
const value = z
  .union([z.number(), amountText], { error: 'A number: 99, 99.9 or "99.90".' })
  .transform(Number)
  .meta({ description: 'In units of `currency`, not in cents.', example: 99 });

const currency = z
  .string()
  .toUpperCase()
  .refine(isCurrency, 'A currency code of ISO 4217: EUR, USD, JPY.')
  .meta({ example: 'EUR' });

/** What a browser may say of a conversion; a server may say more. */
const said = {
  event: z.literal('conversion.recorded').optional(),
  click_id: safeId(128).optional().meta({
    description: 'The click it belongs to: tells the link, the UTM values and, without an email or id, who it was.',
    example: 'clk_abc123',
  }),
  conversion_id: safeId(128).optional().meta({
    description:
      'Your id of the conversion: sending the same one again changes nothing. Without it, a click has one conversion of each name; without a `click_id` either, every call is a new conversion.',
    example: 'order-10023',
  }),
  name: shownText(100).trim().min(1).default('Conversion').meta({ description: 'The goal.', example: 'Demo booked' }),
  value: value.optional(),
  currency: currency.optional().meta({ description: 'Needed with `value`.' }),
  utm: utmSchema.optional().meta({ description: 'What is missing is taken from the click.' }),
  email: emailText.optional().meta({ description: 'Who it was, by email.' }),
};

interface Money {
  value?: number | undefined;
  currency?: string | undefined;
}

function checkMoney({ value: amount, currency: code }: Money, ctx: z.RefinementCtx): void {
  if (amount === undefined) return;
  if (code === undefined) ctx.addIssue({ code: 'custom', path: ['currency'], message: 'A value needs its currency.' });
  else {
    const message = amountProblem(amount, code);
    if (message) ctx.addIssue({ code: 'custom', path: ['value'], message });
  }
}

export const conversionRowSchema = z
  .strictObject({
    ...said,
    hs_contact_id: hubspotId.optional().meta({ description: 'Who it was, by HubSpot contact id.' }),
    occurred_at: instant.optional(),
  })
  .superRefine(checkMoney)
  .meta({ id: 'Conversion' });

export type ConversionRow = z.infer<typeof conversionRowSchema>;

/** From a page that anybody can open: no contact id, and no other time than now. */
export const publicConversionSchema = z.strictObject(said).superRefine(checkMoney).meta({ id: 'PublicConversion' });

export const publicKeyQuerySchema = z.strictObject({
  key: safeId(64).meta({ description: 'The public key of the workspace: `elp_...`.' }),
});

/** The rows themselves are checked one by one by the flow. */
export const conversionBatchSchema = z.strictObject({ conversions: z.array(z.unknown()).min(1) });

/** For the document only: what the two checks above accept together. */
export const postConversionsSchema = z.union([
  conversionRowSchema,
  z.strictObject({ conversions: z.array(conversionRowSchema).min(1).max(maxConversionsPerRequest) }),
]);

const receiptSchema = z
  .object({
    index: z.int(),
    conversion_id: z.string().nullable(),
    status: z.enum(['accepted', 'duplicate', 'rejected']),
    error: z.object({ code: z.string(), message: z.string(), field: z.string().optional() }).optional(),
  })
  .meta({ id: 'ConversionReceipt' });

export const conversionsReplySchema = z
  .object({ accepted: z.int(), duplicates: z.int(), rejected: z.int(), results: z.array(receiptSchema) })
  .meta({ id: 'ConversionsReply' });

export const publicConversionReplySchema = z
  .object({ status: z.enum(['accepted', 'duplicate']) })
  .meta({ id: 'PublicConversionReply' });

// What HubSpot sends when a workflow runs one of our actions, and what it gets back. Input fields are named as in
// src/app/workflow-actions; unknown ones are ignored, because HubSpot adds its own.
import { z } from 'zod';
import { isCurrency } from '../domain/money.ts';
import { portalId, shownText, slugText } from './text.ts';

const blank = z.literal('').transform(() => undefined);
const optional = <S extends z.ZodType>(schema: S) => z.union([blank, schema]).nullish();

const common = {
  callbackId: z.string().min(1).max(300),
  origin: z.looseObject({ portalId }),
  object: z.looseObject({
    objectId: z.union([z.int().positive(), z.string().regex(/^\d{1,19}$/)]).transform(String),
    objectType: z.string().max(64),
  }),
};

function call<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.looseObject({ ...common, inputFields: z.looseObject(shape) });
}

export const waitForClickSchema = call({
  /** A slug, or a tag; neither: any link. */
  link: optional(slugText),
  link_tag: optional(shownText(64)),
  wait_days: z.coerce.number().min(0.01).max(90).default(7),
});

export const createLinkActionSchema = call({
  destination: z.string().min(1).max(2_048),
  title: optional(shownText(200)),
  tag: optional(shownText(64)),
  utm_source: optional(shownText(100)),
  utm_medium: optional(shownText(100)),
  utm_campaign: optional(shownText(100)),
});

export const reportConversionSchema = call({
  name: shownText(100).min(1),
  value: optional(z.coerce.number().finite().min(0)),
  currency: optional(z.string().toUpperCase().refine(isCurrency, 'A currency code of ISO 4217: EUR, USD, JPY.')),
});

/** What each action hands on to the next step of the workflow, by the name it has in src/app/workflow-actions. */
export const actionOutputs = {
  wait_for_click: z.object({
    elido_result: z.enum(['clicked', 'timed_out']),
    clicked_at: z.string(),
    link: z.string(),
  }),
  create_link: z.object({ short_url: z.url(), link: z.string() }),
  report_conversion: z.object({ conversion_id: z.string(), status: z.enum(['accepted', 'duplicate']) }),
};

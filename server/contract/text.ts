// The kinds of text that requests carry, with their limits. Built once: no schema is made while a request waits.
import { z } from 'zod';

const withoutControls = /^[^\p{Cc}\p{Cs}]*$/u;

/** Text for people: emoji are fine; control characters (NUL too) and broken surrogates are not. */
export const shownText = (max: number) =>
  z.string().max(max).regex(withoutControls, 'Control characters (NUL too) are not allowed.');

/** An id chosen by somebody else: it ends up in keys and URLs, so only safe characters. */
export const safeId = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[A-Za-z0-9._~:-]*$/, 'Only letters, digits and . _ ~ : - are allowed.');

export const slugText = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]*$/, 'Only letters, digits, _ and - are allowed.');

/** An ISO 8601 time with a zone, or milliseconds since 1970. Read as milliseconds. */
export const instant = z
  .union([z.iso.datetime({ offset: true }), z.int().min(0).max(8_640_000_000_000_000)], {
    error: 'Send an ISO 8601 time with a zone (2026-11-21T07:53:08Z) or milliseconds since 1970.',
  })
  .transform((value) => (typeof value === 'string' ? Date.parse(value) : value))
  .meta({ description: 'An ISO 8601 time with a zone, or milliseconds since 1970.', example: '2026-11-21T07:53:08Z' });

export const emailText = z.email().max(254);

/** A HubSpot record id: digits, in JSON as text or number. */
export const hubspotId = z
  .union([z.string().regex(/^\d{1,19}$/), z.int().positive()], { error: 'A HubSpot id is made of digits only.' })
  .transform(String)
  .meta({ description: 'A HubSpot record id.', example: '501' });

export const portalId = z.int().positive().meta({ description: 'The id of a HubSpot account.', example: 62_515 });

export const timestamp = z.iso.datetime().meta({ example: '2026-11-21T07:53:08.000Z' });

// UTM values on the wire. Hygiene (trim, lower case) happens inside; the contract only bounds them.
import { z } from 'zod';
import { shownText } from './text.ts';

const value = shownText(255).optional();

export const utmSchema = z
  .strictObject({ source: value, medium: value, campaign: value, content: value, term: value })
  .meta({ id: 'Utm', description: 'Values are trimmed and lower-cased: `Facebook` is `facebook`.' });

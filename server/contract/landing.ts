// POST /v1/public/landings on the wire: a landing page tells that somebody touched it after a click.
import { z } from 'zod';
import { safeId } from './text.ts';

export const landingSchema = z
  .strictObject({
    click_id: safeId(128).meta({
      description: 'The click that led to the page: `elido_click` of its address.',
      example: 'clk_abc123',
    }),
  })
  .meta({ id: 'Landing' });

export const landingReplySchema = z.object({ status: z.literal('accepted') }).meta({ id: 'LandingReply' });

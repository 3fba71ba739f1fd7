// The one shape of every refusal.
import { z } from 'zod';

export const errorReplySchema = z
  .object({
    error: z.object({
      code: z.string().meta({ example: 'invalid_request' }),
      message: z.string().meta({ description: 'What to do next, for a person.' }),
      field: z.string().optional().meta({ description: 'The part of the request at fault.', example: 'clicks.3.slug' }),
      details: z.record(z.string(), z.unknown()).optional(),
      docs: z.string().meta({ example: 'docs/failures.md#invalid_request' }),
      request_id: z.string(),
    }),
  })
  .meta({ id: 'ErrorReply' });

export type ErrorReply = z.infer<typeof errorReplySchema>;

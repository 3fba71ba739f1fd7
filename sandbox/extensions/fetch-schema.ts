/** What the page asks when an extension calls `hubspot.fetch`, and what it gets: the contract of `POST /sandbox/preview/fetch`. */
import * as z from 'zod';
import { networkSchema } from './view.ts';

export const fetchTimeoutMs = 15_000;

export const fetchRequestSchema = z.object({
  portalId: z.int().positive(),
  userId: z.int(),
  appId: z.int().positive(),
  network: networkSchema,
  url: z.string().max(8_000),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  timeoutMs: z.number().positive().max(fetchTimeoutMs).catch(fetchTimeoutMs),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
});

export type FetchRequest = z.infer<typeof fetchRequestSchema>;

type Answer = { kind: 'answer'; status: number; contentType: string | null; body: string };
type Refused = { kind: 'refused'; category: string; message: string };
export type Outcome = Answer | Refused;
export type FetchAnswer = Outcome & { attempts: number; ms: number };

export const refused = (category: string, message: string): Refused => ({ kind: 'refused', category, message });

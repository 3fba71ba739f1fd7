// Do webhooks arrive? Only the last one tells: HubSpot sends them when something changes, and not otherwise.
import { ok, unknown, type Check } from '../../domain/checkup.ts';
import type { Context } from '../context.ts';

const remedy =
  'Change a contact in HubSpot and ask again. If none comes, check the target URL of the app and that it is public.';
const weekMs = 7 * 24 * 3600_000;

export async function checkWebhooks({ store, now }: Context, portalId: number): Promise<Check> {
  const last = await store.webhookReceipts.newestAt(portalId);
  if (last === null) return unknown('webhooks', 'None has arrived in the last 30 days.', remedy);
  const words = `The last one arrived at ${new Date(last).toISOString()}.`;
  return now() - last > weekMs ? unknown('webhooks', words, remedy) : ok('webhooks', words);
}

// What account a portal is: its id, time zone, currency and where its records are shown.
import { z } from 'zod';
import { ask } from './ask.ts';
import type { PortalApi } from './portal.ts';

const accountSchema = z.looseObject({
  portalId: z.number(),
  accountType: z.string().nullish(),
  timeZone: z.string().nullish(),
  companyCurrency: z.string().nullish(),
  uiDomain: z.string().nullish(),
  dataHostingLocation: z.string().nullish(),
});

export type AccountInfo = z.infer<typeof accountSchema>;

export function readAccount(portal: PortalApi): Promise<AccountInfo> {
  return ask(portal, portal.endpoint('accountDetails'), accountSchema);
}

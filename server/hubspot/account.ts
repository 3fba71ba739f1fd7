// What account a portal is: its id, time zone, currency and where its records are shown.
import { z } from 'zod';
import { ask, readReply } from './ask.ts';
import type { HubSpot } from './client.ts';
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

/** The account that a token belongs to, asked outside any budget: nobody knows the portal yet. */
export async function accountOfToken(hubspot: HubSpot, accessToken: string): Promise<AccountInfo> {
  const endpoint = hubspot.endpoint('accountDetails');
  const { status, body } = await hubspot.send({ ...endpoint, accessToken });
  return readReply({ schema: accountSchema, body, status, route: endpoint.route });
}

export function readAccount(portal: PortalApi): Promise<AccountInfo> {
  return ask(portal, portal.endpoint('accountDetails'), accountSchema);
}

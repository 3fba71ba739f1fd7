// Opens the store: one mongoose connection and the verbs of every collection. Nothing outside server/store knows mongoose.
import mongoose from 'mongoose';
import { makeActionWaits, type ActionWaits } from './action-waits.ts';
import { makeApiKeys, type ApiKeys } from './api-keys.ts';
import { makeAudit, type Audit } from './audit.ts';
import { makeConnections, type Connections } from './connections.ts';
import { makeContactAliases, type ContactAliases } from './contact-aliases.ts';
import { makeContactDeliveries, type ContactDeliveries } from './contact-deliveries.ts';
import { makeContactMerges, type ContactMerges } from './contact-merges.ts';
import { makeDayCounts, type DayCounts } from './day-counts.ts';
import { makeDealStages, type DealStages } from './deal-stages.ts';
import { makeDeliveries, type Deliveries } from './deliveries.ts';
import { makeErasures, type Erasures } from './erasures.ts';
import { makeFormSubmissions, type FormSubmissions } from './form-submissions.ts';
import { makeLandings, type Landings } from './landings.ts';
import { makeHourCounts, type HourCounts } from './hour-counts.ts';
import { makeImports, type Imports } from './imports.ts';
import { makeLinks, type Links } from './links.ts';
import { makeMembers, type Members } from './members.ts';
import { makeOauthStates, type OauthStates } from './oauth-states.ts';
import { makePortalMetadata, type PortalMetadata } from './portal-metadata.ts';
import { makePortalCalls, type PortalCallCounts } from './portal-calls.ts';
import { makePortals, type Portals } from './portals.ts';
import { makeReplays, type Replays } from './replays.ts';
import { makeRuleMoves, type RuleMoves } from './rule-moves.ts';
import { makeRules, type Rules } from './rules.ts';
import { makeSeenRecords, type SeenRecords } from './seen-records.ts';
import { makeSessions, type Sessions } from './sessions.ts';
import { makeSignInLinks, type SignInLinks } from './sign-in-links.ts';
import { makeTouches, type Touches } from './touches.ts';
import { makeWebhookReceipts, type WebhookReceipts } from './webhook-receipts.ts';
import { makeWorkspaces, type Workspaces } from './workspaces.ts';

export interface Store {
  actionWaits: ActionWaits;
  apiKeys: ApiKeys;
  audit: Audit;
  connections: Connections;
  contactAliases: ContactAliases;
  contactDeliveries: ContactDeliveries;
  contactMerges: ContactMerges;
  dayCounts: DayCounts;
  dealStages: DealStages;
  deliveries: Deliveries;
  erasures: Erasures;
  formSubmissions: FormSubmissions;
  landings: Landings;
  hourCounts: HourCounts;
  imports: Imports;
  links: Links;
  members: Members;
  oauthStates: OauthStates;
  portalMetadata: PortalMetadata;
  portalCalls: PortalCallCounts;
  portals: Portals;
  replays: Replays;
  ruleMoves: RuleMoves;
  rules: Rules;
  seenRecords: SeenRecords;
  sessions: Sessions;
  signInLinks: SignInLinks;
  touches: Touches;
  webhookReceipts: WebhookReceipts;
  workspaces: Workspaces;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Connects and builds missing indexes; throws `MongoServerSelectionError` when nothing answers in time. */
export async function openStore({ uri, timeoutMs = 5_000 }: { uri: string; timeoutMs?: number }): Promise<Store> {
  const connection = mongoose.createConnection(uri, {
    autoIndex: false,
    serverSelectionTimeoutMS: timeoutMs,
    socketTimeoutMS: 60_000,
    maxPoolSize: 20,
  });
  await connection.asPromise();
  const store: Store = {
    actionWaits: makeActionWaits(connection),
    apiKeys: makeApiKeys(connection),
    audit: makeAudit(connection),
    connections: makeConnections(connection),
    contactAliases: makeContactAliases(connection),
    contactDeliveries: makeContactDeliveries(connection),
    contactMerges: makeContactMerges(connection),
    dayCounts: makeDayCounts(connection),
    dealStages: makeDealStages(connection),
    deliveries: makeDeliveries(connection),
    erasures: makeErasures(connection),
    formSubmissions: makeFormSubmissions(connection),
    landings: makeLandings(connection),
    hourCounts: makeHourCounts(connection),
    imports: makeImports(connection),
    links: makeLinks(connection),
    members: makeMembers(connection),
    oauthStates: makeOauthStates(connection),
    portalMetadata: makePortalMetadata(connection),
    portalCalls: makePortalCalls(connection),
    portals: makePortals(connection),
    replays: makeReplays(connection),
    ruleMoves: makeRuleMoves(connection),
    rules: makeRules(connection),
    seenRecords: makeSeenRecords(connection),
    sessions: makeSessions(connection),
    signInLinks: makeSignInLinks(connection),
    touches: makeTouches(connection),
    webhookReceipts: makeWebhookReceipts(connection),
    workspaces: makeWorkspaces(connection),
    ping: async () => {
      await connection.db?.admin().command({ ping: 1 }, { timeoutMS: 2_000 });
    },
    close: () => connection.close(),
  };
  await Promise.all(Object.values(connection.models).map((model) => model.createIndexes()));
  return store;
}

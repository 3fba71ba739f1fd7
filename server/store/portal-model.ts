// What a portal is in the store: a HubSpot account with its tokens, its health, its lease and the hint that it has work.
import mongoose from 'mongoose';
import type { Breaker } from '../domain/breaker.ts';
import type { Agenda } from '../domain/outlook.ts';

export const portalStates = ['connected', 'needs_sign_in', 'uninstalled'] as const;
export type PortalState = (typeof portalStates)[number];

export const stepStates = ['pending', 'done', 'failed'] as const;

export interface ProvisioningStep {
  name: string;
  state: (typeof stepStates)[number];
  detail: string;
  at: Date;
}

export interface Provisioning {
  state: 'pending' | 'running' | 'ready' | 'failed';
  steps: ProvisioningStep[];
  at: Date;
}

export interface Portal {
  _id: number;
  hubDomain: string;
  state: PortalState;
  stateReason: string | null;
  stateSince: Date;
  /** Sealed by the vault. */
  accessToken: string;
  refreshToken: string;
  expiresAt: Date;
  tokenVersion: number;
  lastRefreshAt: Date;
  scopes: string[];
  userId: number | null;
  provisioning: Provisioning;
  /** `private_app`: the token is the configured one and is never refreshed. Left out: OAuth. */
  auth?: 'oauth' | 'private_app';
  /** Of the private app token that is known to belong to this portal. */
  privateTokenDigest?: string;
  /** When the chain of tokens began. */
  installedAt?: Date;
  /** HubSpot has been seen to give a new refresh token with a refresh. */
  rotates?: boolean;
  /** The public address of the process that stored the tokens: tells a copied environment. */
  storedBy?: string;
  /** After a refresh that failed for the moment: nobody tries before `until`. */
  refreshRest?: { failures: number; until: Date; code: string };
  /** Rights that HubSpot denies although the token lives. Until `recheckAt` nothing is tried that was denied before. */
  limited?: { reason: string; since: Date; recheckAt: Date; scopes: string[] };
  /** When the portal next has work; absent when it has none. `workSeq` counts the hints. */
  workAt?: Date;
  workSeq: number;
  /** What else is known to come, as the last holder of the lease left it and others added to it. Not whole while the lease is held. */
  agenda?: Agenda;
  /** Counts the changes of connections, rules and workspaces: another number, and what is remembered of them is old. */
  settingsSeq?: number;
  /** The latest moment for which a hint said that deliveries are due. */
  hintedUntil?: Date;
  lease?: {
    owner: string;
    fence: number;
    until: Date;
    /** How old `budget` was when the lease was taken, on the database's clock. */
    budgetAgeMs: number | null;
    /** What the last holder knew to come when it gave the lease back; null or without `lookedAt` when it did not say. */
    agenda?: Agenda | null;
  };
  refreshLock?: {
    owner: string;
    since: Date;
    until: Date;
    /** Who held it and never gave it back. */ after: string | null;
  };
  /** The calls of the last seconds as the last holder of the lease left them, so that the budget survives a change of process. */
  budget?: { agesMs: number[]; pausedForMs: number; day?: { max: number; left: number } | null; at: Date };
  /** Calls outside the lease that count now. */
  sideCalls?: { id: string; until: Date }[];
  /** Left out while HubSpot serves the portal and answers in time. */
  breaker?: Breaker;
}

const portalSchema = new mongoose.Schema<Portal>(
  {
    _id: { type: Number, required: true },
    hubDomain: String,
    state: String,
    stateReason: String,
    stateSince: Date,
    accessToken: String,
    refreshToken: String,
    expiresAt: Date,
    tokenVersion: Number,
    lastRefreshAt: Date,
    scopes: [String],
    userId: Number,
    auth: String,
    privateTokenDigest: String,
    installedAt: Date,
    rotates: Boolean,
    storedBy: String,
    refreshRest: mongoose.Schema.Types.Mixed,
    limited: mongoose.Schema.Types.Mixed,
    provisioning: mongoose.Schema.Types.Mixed,
    workAt: Date,
    workSeq: Number,
    agenda: mongoose.Schema.Types.Mixed,
    hintedUntil: Date,
    settingsSeq: Number,
    lease: mongoose.Schema.Types.Mixed,
    refreshLock: mongoose.Schema.Types.Mixed,
    budget: mongoose.Schema.Types.Mixed,
    sideCalls: { type: [{ _id: false, id: String, until: Date }], default: undefined },
    breaker: mongoose.Schema.Types.Mixed,
  },
  { versionKey: false, minimize: false },
);
portalSchema.index({ workAt: 1 }, { name: 'next_work', partialFilterExpression: { workAt: { $exists: true } } });
portalSchema.index({ state: 1 }, { name: 'state' });
portalSchema.index({ state: 1, 'breaker.failures': 1, workAt: 1 }, { name: 'work_of_answering' });

export type PortalModel = mongoose.Model<Portal>;

export function makePortalModel(connection: mongoose.Connection): PortalModel {
  return connection.model<Portal>('Portal', portalSchema, 'portals');
}

// What rules did to deals. The id names rule, arming and deal, so that a rule fires once however many processes see the click.
import mongoose from 'mongoose';
import type { GuardResult } from '../domain/rules/guards.ts';
import type { RuleMode } from '../domain/rules/rule.ts';
import type { ExcludedClick } from '../domain/rules/rule-click.ts';

/** `planned` is on its way to HubSpot; `void`: the deal was moved by somebody else before we came to it. */
export const moveStates = ['planned', 'done', 'watched', 'suggested', 'failed', 'void', 'undone'] as const;
export type MoveState = (typeof moveStates)[number];

export interface RuleMove {
  /** `{rule}:{arming}:{deal}` */
  _id: string;
  workspaceId: string;
  connectionId: string;
  portalId: number;
  ruleId: string;
  ruleVersion: number;
  arming: number;
  dealId: string;
  contactId: string;
  pipeline: string;
  fromStage: string;
  toStage: string;
  /** `act` moves the deal, `suggest` makes a task, `watch` does neither. */
  mode: RuleMode;
  state: MoveState;
  /** Why, for people. */
  words: string;
  counted: string[];
  excluded: ExcludedClick[];
  guards: GuardResult[];
  detail: string | null;
  plannedAt: Date;
  settledAt: Date | null;
  /** Somebody asked to take it back: from then on the deal is exempt from the rule, whatever becomes of the call to HubSpot. */
  undoAskedAt?: Date | null;
}

const moveSchema = new mongoose.Schema<RuleMove>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    connectionId: String,
    portalId: Number,
    ruleId: String,
    ruleVersion: Number,
    arming: Number,
    dealId: String,
    contactId: String,
    pipeline: String,
    fromStage: String,
    toStage: String,
    mode: String,
    state: String,
    words: String,
    counted: [String],
    excluded: mongoose.Schema.Types.Mixed,
    guards: mongoose.Schema.Types.Mixed,
    detail: String,
    plannedAt: Date,
    settledAt: Date,
    undoAskedAt: Date,
  },
  { versionKey: false, minimize: false },
);
moveSchema.index({ portalId: 1 }, { name: 'planned', partialFilterExpression: { state: 'planned' } });
moveSchema.index({ portalId: 1, dealId: 1 }, { name: 'of_deal' });
moveSchema.index({ portalId: 1, contactId: 1 }, { name: 'of_contact' });
moveSchema.index({ connectionId: 1, plannedAt: -1 }, { name: 'of_connection' });
moveSchema.index({ workspaceId: 1, plannedAt: -1, _id: -1 }, { name: 'newest' });

export type RuleMoves = ReturnType<typeof makeRuleMoves>;

export function makeRuleMoves(connection: mongoose.Connection) {
  const model = connection.model('RuleMove', moveSchema, 'rule_moves');

  return {
    moveId: ({ ruleId, arming, dealId }: Pick<RuleMove, 'ruleId' | 'arming' | 'dealId'>) =>
      `${ruleId}:${arming}:${dealId}`,

    /** False when the rule has fired for the deal already. */
    async insertNew(move: RuleMove): Promise<boolean> {
      const { upsertedCount } = await model.updateOne({ _id: move._id }, { $setOnInsert: move }, { upsert: true });
      return upsertedCount === 1;
    },

    listOfDeals: ({ portalId, dealIds }: { portalId: number; dealIds: readonly string[] }): Promise<RuleMove[]> =>
      model.find({ portalId, dealId: { $in: [...dealIds] } }).lean<RuleMove[]>(),

    newestOfConnections: ({ connectionIds, limit }: { connectionIds: readonly string[]; limit: number }) =>
      model
        .find({ connectionId: { $in: [...connectionIds] } })
        .sort({ plannedAt: -1 })
        .limit(limit)
        .lean<RuleMove[]>(),

    listPlanned: (portalId: number): Promise<RuleMove[]> =>
      model.find({ portalId, state: 'planned' }).limit(500).lean<RuleMove[]>(),

    find: ({ workspaceId, moveId }: { workspaceId: string; moveId: string }): Promise<RuleMove | null> =>
      model.findOne({ _id: moveId, workspaceId }).lean<RuleMove>(),

    /** Newest first, from after the last move of the page before. */
    page: ({ workspaceId, after, limit }: MovePage) =>
      model
        .find({
          workspaceId,
          ...(after
            ? { $or: [{ plannedAt: { $lt: after.plannedAt } }, { plannedAt: after.plannedAt, _id: { $lt: after.id } }] }
            : {}),
        })
        .sort({ plannedAt: -1, _id: -1 })
        .limit(limit)
        .lean<RuleMove[]>(),

    /** After a merge in HubSpot: the moves that one contact's clicks made become the survivor's. */
    async repointContact({ portalId, from, to }: { portalId: number; from: string; to: string }): Promise<void> {
      await model.updateMany({ portalId, contactId: from }, { $set: { contactId: to } });
    },

    /** After a privacy deletion: the moves stay, and no longer say by whom or by which clicks. */
    async eraseContacts({ portalId, contactIds }: { portalId: number; contactIds: readonly string[] }): Promise<void> {
      await model.updateMany(
        { portalId, contactId: { $in: [...contactIds] } },
        {
          $set: {
            contactId: '',
            words: 'Made by clicks of a contact that was erased.',
            counted: [],
            excluded: [],
            guards: [],
          },
        },
      );
    },

    /** Written before HubSpot is asked to take the move back. */
    async askUndo({ moveId, now }: { moveId: string; now: number }): Promise<void> {
      await model.updateOne({ _id: moveId, state: 'done' }, { $set: { undoAskedAt: new Date(now) } });
    },

    /** False when the move is no longer in the state it was read in. */
    async settle({ moveId, from, to, detail, now }: SettledMove): Promise<boolean> {
      const { matchedCount } = await model.updateOne(
        { _id: moveId, state: from },
        { $set: { state: to, detail, settledAt: new Date(now) } },
      );
      return matchedCount === 1;
    },
  };
}

interface SettledMove {
  moveId: string;
  from: MoveState;
  to: MoveState;
  detail: string | null;
  now: number;
}

export interface MovePage {
  workspaceId: string;
  after: { plannedAt: Date; id: string } | null;
  limit: number;
}

// What an installation must remember between two visits of a browser. Single use, short-lived, and kept only as hashes.
import mongoose from 'mongoose';

export interface OauthState {
  /** Hex SHA-256 of the value that travels. */
  _id: string;
  /**
   * `install_link` starts an installation; `authorization` is the state parameter that HubSpot hands back;
   * `sign_in` is one too, of somebody who wants in and connects nothing.
   */
  kind: 'install_link' | 'authorization' | 'sign_in';
  /** Null: started from the marketplace, by somebody we do not know yet. */
  workspaceId: string | null;
  /** Hash of the cookie of the browser that started. */
  nonceHash: string | null;
  returnUrl: string | null;
  expiresAt: Date;
}

export type OauthStates = ReturnType<typeof makeOauthStates>;

const schema = new mongoose.Schema<OauthState>(
  {
    _id: String,
    kind: { type: String, required: true },
    workspaceId: { type: String, default: null },
    nonceHash: { type: String, default: null },
    returnUrl: { type: String, default: null },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'oauth_states', versionKey: false, bufferCommands: false, strict: 'throw' },
);
// Kept a day past its end, so that an expired state can be told from one that never was.
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 24 * 3600 });

export function makeOauthStates(connection: mongoose.Connection) {
  const model = connection.model<OauthState>('OauthState', schema);

  return {
    async save(state: OauthState): Promise<void> {
      await model.create(state);
    },
    find: async ({ hash, kind }: StateKey): Promise<OauthState | null> =>
      model.findOne({ _id: hash, kind }).lean<OauthState>(),
    /** Removes and returns it: of two callers one gets it. The caller looks at `expiresAt`. */
    take: async ({ hash, kind }: StateKey): Promise<OauthState | null> =>
      model.findOneAndDelete({ _id: hash, kind }).lean<OauthState>(),
  };
}

interface StateKey {
  hash: string;
  kind: OauthState['kind'];
}

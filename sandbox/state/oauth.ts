/** Apps, grants and tokens as the sandbox remembers them. Plain data: no behaviour lives here. */

/** An app registered with HubSpot. Event types and templates belong to the app, installs to a portal. */
export type App = {
  appId: number;
  name: string;
  projectName: string;
  clientId: string;
  clientSecret: string;
  redirectUris: string[];
  requiredScopes: string[];
  optionalScopes: string[];
  /** Developer API key (`hapikey`) of the account that owns the app, or null for apps without one. */
  developerKey: string | null;
  /** HubSpot approved this app for app events. */
  approved: boolean;
};

/** A code waiting at the token endpoint. Kept after use so that a second use gets the true answer. */
export type AuthorizationCode = {
  code: string;
  clientId: string;
  redirectUri: string;
  portalId: number;
  userId: number;
  scopes: string[];
  expiresAt: number;
  used: boolean;
};

export type AccessToken = {
  token: string;
  appId: number;
  /** Null for client_credentials tokens: they act for the app, not for an account. */
  portalId: number | null;
  userId: number | null;
  scopes: string[];
  issuedAt: number;
  /** Null for static private-app tokens. */
  expiresAt: number | null;
  revoked: boolean;
};

export type RefreshToken = {
  token: string;
  appId: number;
  portalId: number;
  userId: number;
  scopes: string[];
  issuedAt: number;
  /** Left out: never used since it was issued. */
  usedAt?: number;
  revoked: boolean;
};

/** One app connected to one portal. */
export type Install = {
  appId: number;
  portalId: number;
  userId: number;
  scopes: string[];
  installedAt: number;
  uninstalledAt: number | null;
  /** Who removed it: the app by API, or a person in HubSpot. */
  uninstalledBy: 'app' | 'user' | null;
};

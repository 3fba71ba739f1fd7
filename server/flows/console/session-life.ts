// How long sessions and sign-in links live. Said in docs/console.md too.
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** A session ends after a week without use, and after thirty days in any case. */
export const sessionIdleMs = 7 * dayMs;
export const sessionLifeMs = 30 * dayMs;

/** The secret in the cookie is changed this often. */
export const rotateEveryMs = 60 * minuteMs;
/** How long the secret before is still taken: for requests under way, and for a reply that got lost. */
export const rotationGraceMs = 5 * minuteMs;
/** Who still comes with the secret before after this missed the reply with the new one, and is given another. */
export const rotateAgainMs = minuteMs / 2;

/** Noted at most this often. */
export const seenStepMs = minuteMs;

export const operatorLinkMs = 15 * minuteMs;
export const memberLinkMs = dayMs;
export const invitationMs = 7 * dayMs;

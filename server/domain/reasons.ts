// Why a delivery is where it is, in words, with the next step. The delivery log shows these; docs/failures.md explains them.
import { errorCodes, type ErrorCode } from '../errors.ts';

interface ReasonText {
  words: string;
  next: string;
}

const reasons = {
  not_connected: {
    words: 'No HubSpot portal was connected when the event happened.',
    next: 'Connect a portal. Events are forwarded from that moment on.',
  },
  no_identity: {
    words: 'No matching contact: the click carried no eid, gclid or fbclid.',
    next: 'Add ?eid= with the HubSpot contact id to the links you send.',
  },
  conversion_without_identity: {
    words: 'No matching contact: the conversion carried no email, HubSpot contact id or click id.',
    next: 'Send email, hs_contact_id or click_id with the conversion.',
  },
  eid_invalid: {
    words: 'No matching contact: the eid of the click is not an id.',
    next: 'Check the merge tag that fills ?eid= in your mails.',
  },
  eid_unknown: {
    words: 'No matching contact: this portal has no contact with the id of the event.',
    next: 'The contact was deleted, or the id belongs to another portal.',
  },
  eid_other_portal: {
    words: 'The eid of the click names another portal.',
    next: 'Nothing to do: the other portal gets the event.',
  },
  eid_ambiguous: {
    words: 'The workspace is connected to several portals and the contact id does not say which one it belongs to.',
    next: 'Send ?eid=<portal id>-<contact id>; with a conversion, send the email.',
  },
  waiting_for_contact: {
    words: 'Waiting for a form submission or a new contact that tells who clicked.',
    next: 'Nothing to do. After 72 hours it is closed as "no matching contact".',
  },
  no_matching_contact: {
    words: 'No matching contact within 72 hours.',
    next: 'Create the contact in HubSpot, then replay the event.',
  },
  conversions_only: {
    words: 'The connection forwards conversions only.',
    next: 'Change the mode of the connection to forward clicks too.',
  },
  human_check: {
    words: 'Waiting a moment to tell a person from a mail scanner.',
    next: 'Nothing to do: it goes on in a few seconds.',
  },
  machine_click: {
    words: 'Not a person: the click is neither written nor counted.',
    next: 'The verdict says why. A workspace can choose to count machines too.',
  },
  connection_paused: { words: 'The connection is paused.', next: 'Resume the connection: what waits is then sent.' },
  disconnected: {
    words: 'The portal was disconnected before the event was sent.',
    next: 'Connect it again and replay.',
  },
  contact_erased: {
    words: 'The contact was deleted for good on request: the event was erased with it.',
    next: 'Nothing to do, and nothing that could be sent again.',
  },
  property_refused: {
    words: 'The timeline event was written, but HubSpot refused a property value.',
    next: 'Check the field mapping, then replay the event.',
  },
} as const satisfies Record<string, ReasonText>;

export type ReasonCode = keyof typeof reasons | ErrorCode;

const errorWords: Partial<Record<ErrorCode, ReasonText>> = {
  hubspot_token_revoked: {
    words: 'Token revoked: HubSpot no longer accepts the connection.',
    next: 'Reinstall the app. What waits is then sent.',
  },
  hubspot_insufficient_permissions: {
    words: 'Insufficient permissions: reconnect as a super admin.',
    next: 'Reconnect as a super admin and accept all scopes. What waits is then sent.',
  },
  hubspot_rate_limited: {
    words: "The portal's call limit is used up.",
    next: 'Nothing to do: it is sent when HubSpot allows.',
  },
  hubspot_validation: {
    words: 'HubSpot refused the event as invalid.',
    next: 'Read the detail, correct the cause, replay.',
  },
  hubspot_not_found: {
    words: 'The record no longer exists in HubSpot.',
    next: 'Nothing to do, unless it was deleted by mistake.',
  },
};

/** The words for a reason: what happened, and what to do next. */
export function explain(reason: ReasonCode): ReasonText {
  if (reason in reasons) return reasons[reason as keyof typeof reasons];
  const code = reason as ErrorCode;
  const known = errorWords[code];
  if (known) return known;
  // Stored by a newer version.
  if (!Object.hasOwn(errorCodes, code)) return { words: code, next: 'See docs/failures.md.' };
  const retried = errorCodes[code].onDelivery === 'retry';
  return {
    words: `HubSpot could not be served (${code.replaceAll('_', ' ')}).`,
    next: retried ? 'Nothing to do: it is tried again by itself.' : `See docs/failures.md#${code}.`,
  };
}

/** False for a code that this version does not know, for example one stored by a newer version. */
export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(reasons, code) || Object.hasOwn(errorCodes, code);
}

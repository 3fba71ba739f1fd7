// Every address of the Card API: what cards and pages inside HubSpot ask, signed by HubSpot, with a limit per account.
import express, { type Response, type Router } from 'express';
import type { Context } from '../../flows/context.ts';
import { signedByHubSpot } from '../hubspot/signed.ts';
import { limitRate } from '../middleware/rate-limit.ts';
import { cardUserOf, requireCardUser } from './card-user.ts';
import { getCardContact } from './get-card-contact.ts';
import { getCardDeal } from './get-card-deal.ts';
import { getCardExplanation } from './get-card-explanation.ts';
import { getCardHome } from './get-card-home.ts';
import { getCardProperties } from './get-card-properties.ts';
import { getCardSettings } from './get-card-settings.ts';
import { patchCardConnection } from './patch-card-connection.ts';
import { patchCardRule } from './patch-card-rule.ts';
import { postCardDisconnect } from './post-card-disconnect.ts';
import { postCardMoveUndo } from './post-card-move-undo.ts';
import { postCardTry } from './post-card-try.ts';
import { putCardFieldMapping } from './put-card-field-mapping.ts';

/** A request without a time in it proves nothing here: v3 alone, whatever webhooks may be signed with. */
const accept = ['v3'] as const;

export function cardRoutes(context: Context): Router {
  const router = express.Router({ caseSensitive: true });
  const countBy = (res: Response) => String(cardUserOf(res).portalId);
  const limit = limitRate({ perMinute: context.config.cardRateLimit, countBy });
  router.use('/card/v1', signedByHubSpot(context, { accept }), requireCardUser(context), limit);
  router.get('/card/v1/deals/:deal_id', getCardDeal(context));
  router.get('/card/v1/contacts/:contact_id', getCardContact(context));
  router.get('/card/v1/home', getCardHome(context));
  router.post('/card/v1/moves/:move_id/undo', postCardMoveUndo(context));
  router.get('/card/v1/events/:event_id/explanation', getCardExplanation(context));
  router.get('/card/v1/settings', getCardSettings(context));
  router.get('/card/v1/settings/properties', getCardProperties(context));
  router.patch('/card/v1/settings/connection', patchCardConnection(context));
  router.put('/card/v1/settings/field-mapping', putCardFieldMapping(context));
  router.post('/card/v1/settings/field-mapping/try', postCardTry(context));
  router.patch('/card/v1/settings/rules/:rule_id', patchCardRule(context));
  router.post('/card/v1/settings/disconnect', postCardDisconnect(context));
  return router;
}

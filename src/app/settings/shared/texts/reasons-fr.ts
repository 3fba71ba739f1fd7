// A copy of src/app/cards/shared/texts/reasons-fr.ts, made by `npm run card-types`: change it there.
// The reasons of server/domain/reasons.ts in French. English comes from the server itself.
import type { ReasonText } from '../reason-text.ts';
import type { reasonsDe } from './reasons-de.ts';

export const reasonsFr: Readonly<Record<keyof typeof reasonsDe, ReasonText>> = {
  not_connected: {
    words: 'Aucun compte HubSpot n’était connecté au moment de l’événement.',
    next: 'Connectez un compte. Les événements sont transmis à partir de ce moment.',
  },
  no_identity: {
    words: 'Aucun contact correspondant : le clic ne portait ni eid, ni gclid, ni fbclid.',
    next: 'Ajoutez ?eid= avec l’ID de contact HubSpot aux liens que vous envoyez.',
  },
  conversion_without_identity: {
    words: 'Aucun contact correspondant : la conversion ne portait ni e-mail, ni ID de contact, ni ID de clic.',
    next: 'Envoyez email, hs_contact_id ou click_id avec la conversion.',
  },
  eid_invalid: {
    words: 'Aucun contact correspondant : l’eid du clic n’est pas un ID.',
    next: 'Vérifiez le jeton de personnalisation qui remplit ?eid= dans vos e-mails.',
  },
  eid_unknown: {
    words: 'Aucun contact correspondant : ce compte n’a pas de contact avec l’ID de l’événement.',
    next: 'Le contact a été supprimé, ou l’ID appartient à un autre compte.',
  },
  eid_other_portal: {
    words: 'L’eid du clic désigne un autre compte.',
    next: 'Rien à faire : l’autre compte reçoit l’événement.',
  },
  eid_ambiguous: {
    words: 'L’espace de travail est connecté à plusieurs comptes, et l’ID du contact ne dit pas auquel il appartient.',
    next: 'Envoyez ?eid=<ID du compte>-<ID du contact> ; avec une conversion, l’e-mail.',
  },
  waiting_for_contact: {
    words: 'Attend un formulaire ou un nouveau contact qui dise qui a cliqué.',
    next: 'Rien à faire. Après 72 heures, l’événement est clos : « aucun contact correspondant ».',
  },
  no_matching_contact: {
    words: 'Aucun contact correspondant dans les 72 heures.',
    next: 'Créez le contact dans HubSpot, puis renvoyez l’événement.',
  },
  conversions_only: {
    words: 'La connexion ne transmet que les conversions.',
    next: 'Modifiez le mode de la connexion pour transmettre aussi les clics.',
  },
  human_check: {
    words: 'Attend un instant pour distinguer une personne d’un scanner d’e-mails.',
    next: 'Rien à faire : la suite vient dans quelques secondes.',
  },
  machine_click: {
    words: 'Pas une personne : le clic n’est ni écrit ni compté.',
    next: 'Le verdict dit pourquoi. Un espace de travail peut aussi compter les machines.',
  },
  connection_paused: {
    words: 'La connexion est en pause.',
    next: 'Reprenez la connexion : ce qui attend est alors envoyé.',
  },
  disconnected: {
    words: 'Le compte a été déconnecté avant l’envoi de l’événement.',
    next: 'Reconnectez-le, puis renvoyez l’événement.',
  },
  contact_erased: {
    words: 'Le contact a été supprimé définitivement sur demande : l’événement a été effacé avec lui.',
    next: 'Rien à faire, et rien qui puisse encore être envoyé.',
  },
  property_refused: {
    words: 'L’événement est dans la chronologie, mais HubSpot a refusé la valeur d’une propriété.',
    next: 'Vérifiez la correspondance des champs, puis renvoyez l’événement.',
  },
  hubspot_token_revoked: {
    words: 'Accès révoqué : HubSpot n’accepte plus la connexion.',
    next: 'Réinstallez l’application. Ce qui attend est alors envoyé.',
  },
  hubspot_insufficient_permissions: {
    words: 'Droits insuffisants : une autorisation manque.',
    next: 'Reconnectez-vous en tant que super administrateur et acceptez toutes les autorisations.',
  },
  hubspot_rate_limited: {
    words: 'Les appels que HubSpot accorde à ce compte sont épuisés.',
    next: 'Rien à faire : l’envoi a lieu dès que HubSpot le permet.',
  },
  hubspot_validation: {
    words: 'HubSpot a refusé l’événement comme non valide.',
    next: 'Lisez le détail, corrigez la cause, renvoyez.',
  },
  hubspot_not_found: {
    words: 'La fiche n’existe plus dans HubSpot.',
    next: 'Rien à faire, sauf si elle a été supprimée par erreur.',
  },
};

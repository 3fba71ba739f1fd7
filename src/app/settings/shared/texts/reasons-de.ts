// A copy of src/app/cards/shared/texts/reasons-de.ts, made by `npm run card-types`: change it there.
// The reasons of server/domain/reasons.ts in German. English comes from the server itself.
import type { ReasonText } from '../reason-text.ts';

export const reasonsDe = {
  not_connected: {
    words: 'Als das Ereignis eintrat, war kein HubSpot-Account verbunden.',
    next: 'Verbinden Sie einen Account. Von da an werden Ereignisse weitergeleitet.',
  },
  no_identity: {
    words: 'Kein passender Kontakt: der Klick trug weder eid noch gclid noch fbclid.',
    next: 'Hängen Sie ?eid= mit der Kontakt-ID von HubSpot an die Links, die Sie senden.',
  },
  conversion_without_identity: {
    words: 'Kein passender Kontakt: die Konversion trug weder E-Mail noch Kontakt-ID noch Klick-ID.',
    next: 'Senden Sie email, hs_contact_id oder click_id mit der Konversion.',
  },
  eid_invalid: {
    words: 'Kein passender Kontakt: die eid des Klicks ist keine ID.',
    next: 'Prüfen Sie das Platzhalterfeld, das ?eid= in Ihren E-Mails füllt.',
  },
  eid_unknown: {
    words: 'Kein passender Kontakt: in diesem Account gibt es keinen mit der ID des Ereignisses.',
    next: 'Der Kontakt wurde gelöscht, oder die ID gehört zu einem anderen Account.',
  },
  eid_other_portal: {
    words: 'Die eid des Klicks nennt einen anderen Account.',
    next: 'Nichts zu tun: der andere Account bekommt das Ereignis.',
  },
  eid_ambiguous: {
    words:
      'Der Arbeitsbereich ist mit mehreren Accounts verbunden, und die Kontakt-ID sagt nicht, zu welchem sie gehört.',
    next: 'Senden Sie ?eid=<Account-ID>-<Kontakt-ID>; mit einer Konversion die E-Mail-Adresse.',
  },
  waiting_for_contact: {
    words: 'Wartet auf ein Formular oder einen neuen Kontakt, die sagen, wer geklickt hat.',
    next: 'Nichts zu tun. Nach 72 Stunden wird es als „kein passender Kontakt“ geschlossen.',
  },
  no_matching_contact: {
    words: 'Kein passender Kontakt innerhalb von 72 Stunden.',
    next: 'Legen Sie den Kontakt in HubSpot an und senden Sie das Ereignis erneut.',
  },
  conversions_only: {
    words: 'Die Verbindung leitet nur Konversionen weiter.',
    next: 'Ändern Sie die Einstellung der Verbindung, um auch Klicks weiterzuleiten.',
  },
  human_check: {
    words: 'Wartet einen Augenblick, um einen Menschen von einem Mail-Scanner zu unterscheiden.',
    next: 'Nichts zu tun: in ein paar Sekunden geht es weiter.',
  },
  machine_click: {
    words: 'Kein Mensch: der Klick wird weder geschrieben noch gezählt.',
    next: 'Das Urteil sagt, warum. Ein Arbeitsbereich kann auch Maschinen zählen.',
  },
  connection_paused: {
    words: 'Die Verbindung ist angehalten.',
    next: 'Setzen Sie die Verbindung fort: dann wird gesendet, was wartet.',
  },
  disconnected: {
    words: 'Der Account wurde getrennt, bevor das Ereignis gesendet war.',
    next: 'Verbinden Sie ihn wieder und senden Sie erneut.',
  },
  contact_erased: {
    words: 'Der Kontakt wurde auf Wunsch endgültig gelöscht: das Ereignis wurde mit ihm gelöscht.',
    next: 'Nichts zu tun, und nichts, was noch gesendet werden könnte.',
  },
  property_refused: {
    words: 'Das Ereignis steht in der Zeitleiste, aber HubSpot lehnte den Wert einer Eigenschaft ab.',
    next: 'Prüfen Sie die Feldzuordnung und senden Sie das Ereignis erneut.',
  },
  hubspot_token_revoked: {
    words: 'Zugang entzogen: HubSpot nimmt die Verbindung nicht mehr an.',
    next: 'Installieren Sie die App neu. Dann wird gesendet, was wartet.',
  },
  hubspot_insufficient_permissions: {
    words: 'Zu wenig Rechte: eine Berechtigung fehlt.',
    next: 'Verbinden Sie als Super-Admin neu und nehmen Sie alle Berechtigungen an.',
  },
  hubspot_rate_limited: {
    words: 'Die Anfragen, die HubSpot diesem Account erlaubt, sind aufgebraucht.',
    next: 'Nichts zu tun: es wird gesendet, sobald HubSpot es erlaubt.',
  },
  hubspot_validation: {
    words: 'HubSpot hat das Ereignis als ungültig abgelehnt.',
    next: 'Lesen Sie die Einzelheiten, beheben Sie die Ursache, senden Sie erneut.',
  },
  hubspot_not_found: {
    words: 'Den Datensatz gibt es in HubSpot nicht mehr.',
    next: 'Nichts zu tun, außer er wurde versehentlich gelöscht.',
  },
} as const satisfies Record<string, ReasonText>;

// A copy of src/app/cards/shared/host.ts, made by `npm run card-types`: change it there.
// What a component needs of HubSpot and of Elido's address, wherever it is shown.

export interface Host {
  /** Where Elido's server is, from the profile that the project was uploaded with. */
  origin: string;
  notify: (alert: { type: 'success' | 'danger'; title?: string; message: string }) => void;
  closeOverlay: (id: string) => void;
}

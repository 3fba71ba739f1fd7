// Where somebody wanted to go before signing in: kept in the tab while HubSpot or a link signs them in, and gone to afterwards.
const storageKey = 'elido-return';

export function rememberPlace(place: string): void {
  try {
    if (place !== '/') sessionStorage.setItem(storageKey, place);
  } catch {
    // Storage is switched off: they arrive at the overview.
  }
}

/** The remembered place, once. */
export function takePlace(): string | null {
  try {
    const place = sessionStorage.getItem(storageKey);
    sessionStorage.removeItem(storageKey);
    return place;
  } catch {
    return null;
  }
}

// Where a marketplace installation may send the browser when it is done: HubSpot, and nowhere else.

/** Null for everything that is not an address of HubSpot's app (any hublet), or of the one that is configured. */
export function safeReturnUrl(returnUrl: string | undefined, appUrl: string): string | null {
  if (returnUrl === undefined || /[\p{Cc}\s\\]/u.test(returnUrl) || !URL.canParse(returnUrl)) return null;
  const url = new URL(returnUrl);
  if (url.username !== '' || url.password !== '') return null;
  const isHubSpot =
    url.protocol === 'https:' && url.port === '' && /^app(-[a-z0-9]+)?\.hubspot\.com$/.test(url.hostname);
  return isHubSpot || url.origin === new URL(appUrl).origin ? url.href : null;
}

// Places of the console that others point at. Pure.

/** The delivery log of the console with a filter set. */
export function logUrl(publicUrl: string, filter: Readonly<Record<string, string | undefined>>): string {
  const url = new URL('/console/log', publicUrl);
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

export function consoleUrl(publicUrl: string): string {
  return new URL('/console', publicUrl).href;
}

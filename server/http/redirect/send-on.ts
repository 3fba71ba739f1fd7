// The headers of a redirect. No cache may answer for us, or later clicks of the same person would not be seen.

export function redirectHeaders(location: string, requestId: string): Record<string, string> {
  return {
    Location: location,
    'Cache-Control': 'private, no-store',
    'Referrer-Policy': 'no-referrer-when-downgrade',
    'X-Robots-Tag': 'noindex',
    'X-Request-Id': requestId,
    'Content-Length': '0',
  };
}

// A short link as people see it: no scheme. The redirect answers under the same path.

export function shortUrlOf(publicUrl: string, slug: string): string {
  return `${publicUrl.replace(/^https?:\/\//, '')}/r/${slug}`;
}

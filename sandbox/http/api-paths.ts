/** Turns the paths of every API generation into one canonical path without a version, as HubSpot's path map has it. */

const apiVersions = ['v1', 'v3', 'v4', '2026-03', '2026-09-beta', '2026-09'] as const;
export type ApiVersion = (typeof apiVersions)[number];

export const datedVersions = ['2026-03', '2026-09-beta', '2026-09'] as const satisfies readonly ApiVersion[];

export function isDated(version: ApiVersion): boolean {
  return datedVersions.some((dated) => dated === version);
}

type Family = { canonical: string; prefix: (version: ApiVersion) => string; versions: readonly ApiVersion[] };

const crm = (name: string, legacy: readonly ApiVersion[]): Family => ({
  canonical: `/crm/${name}`,
  prefix: (version) => (isDated(version) ? `/crm/${name}/${version}` : `/crm/${version}/${name}`),
  versions: [...legacy, ...datedVersions],
});

const plain = (name: string, versions: readonly ApiVersion[]): Family => ({
  canonical: `/${name}`,
  prefix: (version) => `/${name}/${version}`,
  versions,
});

const families: readonly Family[] = [
  crm('objects', ['v3', 'v4']),
  crm('associations', ['v4']),
  crm('properties', ['v3']),
  crm('pipelines', ['v3']),
  crm('owners', ['v3']),
  crm('limits', ['v3']),
  plain('account-info', ['v3', ...datedVersions]),
  plain('appinstalls', ['v3', ...datedVersions]),
  plain('oauth', ['v1', 'v3', ...datedVersions]),
  plain('automation/actions/callbacks', datedVersions),
  plain('integrators/timeline', ['v3', 'v4', '2026-03']),
  { canonical: '/integrators/timeline', prefix: (version) => `/crm/${version}/timeline`, versions: ['v3'] },
];

const prefixes = new Map(
  families.flatMap((family) =>
    family.versions.map((version) => [family.prefix(version), { canonical: family.canonical, version }] as const),
  ),
);

/** `/crm/v3/objects/contacts` and `/crm/objects/2026-03/contacts` -> `/crm/objects/contacts`. Null: not an API path. */
export function canonicalPath(path: string): { path: string; version: ApiVersion } | null {
  const segments = path.split('/');
  for (const depth of [5, 4, 3]) {
    const found = prefixes.get(segments.slice(0, depth).join('/'));
    if (found === undefined) continue;
    const rest = segments.slice(depth).join('/');
    return { path: rest === '' ? found.canonical : `${found.canonical}/${rest}`, version: found.version };
  }
  return null;
}

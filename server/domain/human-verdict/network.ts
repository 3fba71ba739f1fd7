// Addresses and networks as numbers, enough to shorten an address to its network and to compare networks. Pure.

export interface Network {
  family: 4 | 6;
  /** The address in groups of 16 bits: two for IPv4, eight for IPv6. */
  groups: number[];
  /** How many leading bits count. */
  length: number;
}

/** What we keep of an address: enough to tell networks apart, too little to tell people apart. */
export const keptLength = { 4: 24, 6: 48 } as const;

/** 203.0.113.7 is of 203.0.113.0/24, 2001:db8:1:2::3 of 2001:db8:1::/48. Null for what is no address. */
export function networkOf(address: string): string | null {
  const parsed = parseAddress(address);
  if (!parsed) return null;
  const length = keptLength[parsed.family];
  return formatNetwork({ ...parsed, groups: mask(parsed.groups, length), length });
}

/** `203.0.113.0/24`, `2001:db8::/32` or one address; null when it is neither. */
export function parseNetwork(text: string): Network | null {
  const [address = '', bits, ...rest] = text.trim().split('/');
  const parsed = parseAddress(address);
  if (!parsed || rest.length > 0) return null;
  const widest = parsed.family === 4 ? 32 : 128;
  if (bits === undefined) return { ...parsed, length: widest };
  const length = /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  if (!(length <= widest)) return null;
  return { ...parsed, groups: mask(parsed.groups, length), length };
}

export function mask(groups: readonly number[], length: number): number[] {
  return groups.map((group, index) => {
    const bits = Math.min(16, Math.max(0, length - index * 16));
    return group & (0xffff << (16 - bits)) & 0xffff;
  });
}

function formatNetwork({ family, groups, length }: Network): string {
  if (family === 4) return `${groups.flatMap((group) => [group >> 8, group & 0xff]).join('.')}/${length}`;
  const kept = groups.slice(0, length / 16).map((group) => group.toString(16));
  while (kept.at(-1) === '0') kept.pop();
  return `${kept.join(':')}::/${length}`;
}

function parseAddress(given: string): Pick<Network, 'family' | 'groups'> | null {
  const address = given.trim().replace(/%.*$/, '');
  const dotted = parseDotted(address);
  if (dotted) return { family: 4, groups: dotted };
  const groups = parseColons(address);
  if (!groups) return null;
  // ::ffff:203.0.113.7 is an IPv4 address as a dual-stack socket shows it.
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  return isMapped ? { family: 4, groups: groups.slice(6) } : { family: 6, groups };
}

function parseDotted(address: string): number[] | null {
  const bytes = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)?.slice(1).map(Number);
  if (!bytes || bytes.some((byte) => byte > 255)) return null;
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return [a * 256 + b, c * 256 + d];
}

function parseColons(address: string): number[] | null {
  const halves = address.split('::');
  if (halves.length > 2 || !address.includes(':')) return null;
  const [head, tail] = [groupsOf(halves[0] ?? ''), groupsOf(halves[1] ?? '')];
  if (!head || !tail) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  return [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

function groupsOf(part: string): number[] | null {
  if (part === '') return [];
  const groups: number[] = [];
  for (const [index, piece] of part.split(':').entries()) {
    const dotted = index === part.split(':').length - 1 ? parseDotted(piece) : null;
    if (dotted) groups.push(...dotted);
    else if (/^[0-9a-f]{1,4}$/i.test(piece)) groups.push(Number.parseInt(piece, 16));
    else return null;
  }
  return groups.length <= 8 ? groups : null;
}

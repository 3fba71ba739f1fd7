// The networks an operator knows to be scanners: one prefix a line, with a name after `#`. Read once, asked for every click.
import { keptLength, mask, parseNetwork, type Network } from './network.ts';

export interface NetworkList {
  /**
   * Whether the network of a click lies within a listed one, or only shares addresses with a smaller one.
   * Null when it does neither, or is no network.
   */
  find(network: string): { name: string; whole: boolean } | null;
  readonly size: number;
}

export interface NetworkFile {
  networks: NetworkList;
  /** Lines that were left out, for the operator. */
  problems: { line: number; message: string }[];
}

/** `198.51.100.0/24  # Example Mail Security`; empty lines and lines that start with # are skipped. */
export function parseNetworkFile(text: string): NetworkFile {
  const problems: NetworkFile['problems'] = [];
  const entries: { network: Network; name: string }[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [prefix = '', ...comment] = line.split('#');
    if (prefix.trim() === '') continue;
    const network = parseNetwork(prefix);
    const message = network ? tooWide(network) : `"${prefix.trim().slice(0, 60)}" is not an IPv4 or IPv6 network.`;
    if (message !== null) problems.push({ line: index + 1, message });
    else if (network) entries.push({ network, name: comment.join('#').trim() || prefix.trim() });
  }
  return { networks: makeNetworkList(entries), problems };
}

/** A typing error like 10.0.0.0/0 would make every click a machine's. */
function tooWide({ family, length }: Network): string | null {
  const widest = family === 4 ? 8 : 16;
  return length < widest
    ? `A /${length} holds too much of the internet; the widest accepted here is /${widest}.`
    : null;
}

function makeNetworkList(entries: readonly { network: Network; name: string }[]): NetworkList {
  const whole = new Map<string, string>();
  const parts = new Map<string, string>();
  const lengths = { 4: new Set<number>(), 6: new Set<number>() };
  for (const { network, name } of entries) {
    const kept = keptLength[network.family];
    if (network.length <= kept) {
      whole.set(keyOf(network, network.length), name);
      lengths[network.family].add(network.length);
    } else parts.set(keyOf(network, kept), name);
  }
  return {
    size: entries.length,
    find(text) {
      const network = entries.length > 0 ? parseNetwork(text) : null;
      if (!network) return null;
      for (const length of lengths[network.family]) {
        const name = length <= network.length ? whole.get(keyOf(network, length)) : undefined;
        if (name !== undefined) return { name, whole: true };
      }
      const name = parts.get(keyOf(network, keptLength[network.family]));
      return name === undefined ? null : { name, whole: false };
    },
  };
}

function keyOf({ family, groups }: Network, length: number): string {
  return `${family}/${length}/${mask(groups, length).join('.')}`;
}

// Which country a request comes from: a header that the proxy in front sets, or a local .mmdb file. Asks nobody on the network.
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { Reader, type CountryResponse } from 'mmdb-lib';
import type { Config } from '../../config.ts';
import { headerOf, type Visit } from './visit.ts';

/** Two letters of ISO 3166, or empty. */
export type CountryOf = (visit: Pick<Visit, 'headers' | 'address'>) => string;

/** Reads the database file once; throws at start when it cannot be read. */
export function makeCountryOf({
  countryHeader,
  geoipDatabase,
}: Pick<Config, 'countryHeader' | 'geoipDatabase'>): CountryOf {
  const reader = geoipDatabase === undefined ? null : new Reader<CountryResponse>(readFileSync(geoipDatabase));
  return (visit) => {
    const told = countryHeader === undefined ? '' : fromHeader(headerOf(visit, countryHeader));
    return told || (reader && visit.address ? lookUp(reader, visit.address) : '');
  };
}

/** XX and T1 are how CDNs say "unknown" and "Tor". */
function fromHeader(value: string | undefined): string {
  const code = value?.trim().toUpperCase() ?? '';
  return /^[A-Z]{2}$/.test(code) && code !== 'XX' ? code : '';
}

/** The reader takes anything for an address and answers for its first bits: what it cannot know is not asked. */
function lookUp(reader: Reader<CountryResponse>, address: string): string {
  // A socket that takes both kinds shows IPv4 addresses as ::ffff:192.0.2.1.
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  const family = isIP(plain);
  if (family === 0 || (family === 6 && reader.metadata.ipVersion === 4)) return '';
  return reader.get(plain)?.country?.iso_code ?? '';
}

// Which country a request comes from: a header that the proxy in front sets, or a local .mmdb file. Asks nobody on the network.
import { readFileSync } from 'node:fs';
import type { Request } from 'express';
import { Reader, type CountryResponse } from 'mmdb-lib';
import type { Config } from '../../config.ts';

/** Two letters of ISO 3166, or empty. */
export type CountryOf = (req: Request) => string;

/** Reads the database file once; throws at start when it cannot be read. */
export function makeCountryOf({
  countryHeader,
  geoipDatabase,
}: Pick<Config, 'countryHeader' | 'geoipDatabase'>): CountryOf {
  const reader = geoipDatabase === undefined ? null : new Reader<CountryResponse>(readFileSync(geoipDatabase));
  return (req) => {
    const told = countryHeader === undefined ? '' : fromHeader(req.get(countryHeader));
    return told || (reader && req.ip ? lookUp(reader, req.ip) : '');
  };
}

/** XX and T1 are how CDNs say "unknown" and "Tor". */
function fromHeader(value: string | undefined): string {
  const code = value?.trim().toUpperCase() ?? '';
  return /^[A-Z]{2}$/.test(code) && code !== 'XX' ? code : '';
}

function lookUp(reader: Reader<CountryResponse>, address: string): string {
  try {
    return reader.get(address)?.country?.iso_code ?? '';
  } catch {
    // The reader throws on an IPv6 address when the file holds IPv4 only: then the country is not known.
    return '';
  }
}

// The smallest useful MaxMind database, written by the format's public description: IPv4 addresses below 128.0.0.0 are in one
// country, the others in none.

/** The bytes of an .mmdb file. */
export function tinyGeoipDatabase(country: string): Buffer {
  const data = map({ country: map({ iso_code: text(country) }) });
  // One node of two 24-bit records: the left one points at the data (node count + 16 bytes of separator), the right one nowhere.
  const tree = Buffer.from([0, 0, 1 + 16, 0, 0, 1]);
  const metadata = map({
    binary_format_major_version: number(5, 2, 2),
    binary_format_minor_version: number(5, 2, 0),
    build_epoch: extended(9, 8, 1_700_000_000),
    database_type: text('Tiny-Country'),
    description: map({}),
    ip_version: number(5, 2, 4),
    languages: Buffer.from([0, 4]),
    node_count: number(6, 4, 1),
    record_size: number(5, 2, 24),
  });
  const marker = Buffer.from([0xab, 0xcd, 0xef, ...Buffer.from('MaxMind.com')]);
  return Buffer.concat([tree, Buffer.alloc(16), data, marker, metadata]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  // Lengths of 29 and more take a second byte.
  const head = bytes.length < 29 ? [(2 << 5) | bytes.length] : [(2 << 5) | 29, bytes.length - 29];
  return Buffer.concat([Buffer.from(head), bytes]);
}

function map(entries: Record<string, Buffer>): Buffer {
  const pairs = Object.entries(entries).flatMap(([key, value]) => [text(key), value]);
  return Buffer.concat([Buffer.from([(7 << 5) | Object.keys(entries).length]), ...pairs]);
}

function number(type: number, size: number, value: number): Buffer {
  return Buffer.concat([Buffer.from([(type << 5) | size]), bigEndian(size, value)]);
}

/** Types above 7 say so in a second byte. */
function extended(type: number, size: number, value: number): Buffer {
  return Buffer.concat([Buffer.from([size, type - 7]), bigEndian(size, value)]);
}

function bigEndian(size: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes.subarray(8 - size);
}

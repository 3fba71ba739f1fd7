// Damages bytes as wires, disks and careless programs do: flipped bits, lost ends, pieces twice, pieces of another text.
import type { Random } from '../chaos/random.ts';

const longest = 40_000;
/** What parsers trip over. */
const awkward = [
  '\u0000',
  '\ud800',
  '﻿',
  '\\u0000',
  '{',
  '[',
  '"',
  ': ',
  '- ',
  '&a ',
  '*a',
  '!!js ',
  '1e999',
  '\t',
  '\r',
];

/** One to four damages, one after another. */
export function damaged(samples: readonly Buffer[], random: Random): Buffer {
  let bytes: Buffer = Buffer.from(random.pick(samples));
  for (let left = 1 + random.int(4); left > 0; left -= 1) bytes = damagedOnce(bytes, { samples, random });
  return bytes.subarray(0, longest);
}

function damagedOnce(bytes: Buffer, { samples, random }: { samples: readonly Buffer[]; random: Random }): Buffer {
  const at = random.int(bytes.length + 1);
  const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (random.int(7)) {
    case 0: {
      const copy = Buffer.from(bytes);
      if (at < copy.length) copy.writeUInt8(copy.readUInt8(at) ^ (1 << random.int(8)), at);
      return copy;
    }
    case 1:
      return head;
    case 2:
      return Buffer.concat([head, tail.subarray(random.int(20))]);
    case 3:
      return Buffer.concat([head, tail.subarray(0, random.int(200)), tail]);
    case 4:
      return Buffer.concat([head, Buffer.from(random.pick(awkward)), tail]);
    case 5:
      return Buffer.concat([head, Buffer.from(random.pick(awkward).repeat(random.int(2_000))), tail]);
    default: {
      const other = random.pick(samples);
      return Buffer.concat([head, other.subarray(random.int(other.length + 1))]);
    }
  }
}

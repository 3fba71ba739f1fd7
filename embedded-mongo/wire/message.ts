/** The MongoDB wire protocol's two message kinds: OP_MSG, and OP_QUERY for a driver's very first hello. */
import { ServerError } from '../errors.ts';
import { decode, encode } from '../values/codec.ts';
import { textOf, type Doc } from '../values/document.ts';

export const maxMessageBytes = 48_000_000 + 16_384;
const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;
const checksumPresent = 1;
const moreToCome = 2;

export type Incoming = {
  requestId: number;
  legacy: boolean;
  wantsReply: boolean;
  command: Doc;
  database: string;
  /** The bytes that documents of a sequence were read from; they belong to the message. */
  bytesOf: ReadonlyMap<Doc, Uint8Array>;
};

function endOfText(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(0, from);
  if (end < 0) throw new ServerError(22, 'a text without an end');
  return end;
}

/** A kind-1 section: a name and documents back to back. */
function readSequence(section: Buffer, bytesOf: Map<Doc, Uint8Array>): [name: string, docs: Doc[]] {
  const nameEnd = endOfText(section, 4);
  const docs: Doc[] = [];
  for (let at = nameEnd + 1; at < section.length; at += section.readInt32LE(at)) {
    const bytes = section.subarray(at, at + section.readInt32LE(at));
    const doc = decode(bytes);
    docs.push(doc);
    bytesOf.set(doc, bytes);
  }
  return [section.toString('utf8', 4, nameEnd), docs];
}

function readMsg(bytes: Buffer, requestId: number): Incoming {
  const flags = bytes.readUInt32LE(16);
  const end = flags & checksumPresent ? bytes.length - 4 : bytes.length;
  let command: Doc = {};
  const sequences: Doc = {};
  const bytesOf = new Map<Doc, Uint8Array>();
  for (let at = 20; at < end;) {
    const kind = bytes[at];
    const length = bytes.readInt32LE(at + 1);
    const section = bytes.subarray(at + 1, at + 1 + length);
    if (length < 5 || section.length < length) throw new ServerError(22, 'a section is longer than its message');
    if (kind === 0) command = decode(section);
    else if (kind === 1) {
      const [name, docs] = readSequence(section, bytesOf);
      sequences[name] = docs;
    } else throw new ServerError(22, `unknown section kind ${kind}`);
    at += 1 + length;
  }
  Object.assign(command, sequences);
  return {
    requestId,
    legacy: false,
    wantsReply: !(flags & moreToCome),
    command,
    database: textOf(command.$db ?? 'admin'),
    bytesOf,
  };
}

function readQuery(bytes: Buffer, requestId: number): Incoming {
  const nameEnd = endOfText(bytes, 20);
  const database = bytes.toString('utf8', 20, nameEnd).split('.')[0] ?? '';
  const command = decode(bytes.subarray(nameEnd + 9));
  return { requestId, legacy: true, wantsReply: true, command, database, bytesOf: new Map() };
}

export function readMessage(bytes: Buffer): Incoming {
  const requestId = bytes.readInt32LE(4);
  const opCode = bytes.readInt32LE(12);
  if (opCode === opMsg) return readMsg(bytes, requestId);
  if (opCode === opQuery) return readQuery(bytes, requestId);
  throw new ServerError(22, `unsupported operation ${opCode}`);
}

export function writeReply({ requestId, legacy }: Pick<Incoming, 'requestId' | 'legacy'>, reply: Doc): Buffer[] {
  const body = encode(reply);
  const head = Buffer.alloc(legacy ? 36 : 21);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(requestId, 8);
  head.writeInt32LE(legacy ? opReply : opMsg, 12);
  if (legacy) {
    head.writeInt32LE(8, 16); // the server can take more requests on this connection
    head.writeInt32LE(1, 32); // one document follows
  }
  return [head, Buffer.from(body.buffer, body.byteOffset, body.byteLength)];
}

/** Changes as they lie in a file: length, checksum, BSON. Tells a torn end from damage in the middle. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { decode, encode } from '../values/codec.ts';
import type { Doc } from '../values/document.ts';

const headBytes = 8;
const windowBytes = 4 * 2 ** 20;

export const toFrame = (doc: Doc): Buffer => frameOf(encode(doc));

/** The frame of `{ kind: 'put', namespace, doc }` around a document that is BSON already. */
export function toPutFrame(namespace: string, doc: Uint8Array): Buffer {
  const shell = encode({ kind: 'put', namespace, doc: {} });
  // The shell ends with the empty document (five bytes) and its own end (one byte).
  const head = shell.subarray(0, shell.length - 6);
  const body = Buffer.allocUnsafe(head.length + doc.length + 1);
  body.set(head, 0);
  body.set(doc, head.length);
  body[body.length - 1] = 0;
  body.writeInt32LE(body.length, 0);
  return frameOf(body);
}

function frameOf(body: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(headBytes + body.length);
  frame.writeUInt32LE(body.length, 0);
  frame.writeUInt32LE(crc32(body), 4);
  frame.set(body, headBytes);
  return frame;
}

/** Reads any part of a file through one moving window. */
function makeReader(file: number, totalBytes: number): (offset: number, length: number) => Buffer | undefined {
  let start = 0;
  let window = Buffer.alloc(0);
  return (offset, length) => {
    if (offset + length > totalBytes) return undefined;
    if (offset < start || offset + length > start + window.length) {
      window = Buffer.allocUnsafe(Math.min(Math.max(length, windowBytes), totalBytes - offset));
      start = offset;
      for (let read = 0; read < window.length;) {
        const count = readSync(file, window, read, window.length - read, offset + read);
        if (!count) return undefined;
        read += count;
      }
    }
    return window.subarray(offset - start, offset - start + length);
  };
}

/** `goodBytes` < `totalBytes`: the rest is no frame. `framesAfter`: but there are whole frames behind it. */
export type ReadResult = { goodBytes: number; totalBytes: number; framesAfter: boolean };

export function readFrames(path: string, each: (doc: Doc) => void): ReadResult {
  const file = openSync(path, 'r');
  try {
    const totalBytes = fstatSync(file).size;
    const read = makeReader(file, totalBytes);
    const frameAt = (offset: number): Buffer | undefined => {
      const head = read(offset, headBytes + 4);
      const length = head?.readUInt32LE(0) ?? 0;
      // A BSON document starts with its own length.
      if (!head || length < 5 || head.readUInt32LE(headBytes) !== length) return undefined;
      const sum = head.readUInt32LE(4);
      const body = read(offset + headBytes, length);
      return body && crc32(body) === sum ? body : undefined;
    };
    let goodBytes = 0;
    for (let body = frameAt(0); body; body = frameAt(goodBytes)) {
      goodBytes += headBytes + body.length;
      each(decode(body));
    }
    let framesAfter = false;
    for (let at = goodBytes + 1; at < totalBytes && !framesAfter; at += 1) framesAfter = frameAt(at) !== undefined;
    return { goodBytes, totalBytes, framesAfter };
  } finally {
    closeSync(file);
  }
}

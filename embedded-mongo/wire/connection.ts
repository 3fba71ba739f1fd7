/** One client connection: cuts the bytes into messages, answers each, and answers only what is safely kept. */
import type { Socket } from 'node:net';
import type { Doc } from '../values/document.ts';
import { maxMessageBytes, readMessage, writeReply, type Incoming } from './message.ts';

const headerBytes = 16;

/** Calls `onMessage` with each whole message; false when the stream makes no sense. */
function makeSplitter(onMessage: (bytes: Buffer) => void): (chunk: Buffer) => boolean {
  let chunks: Buffer[] = [];
  let held = 0;
  let needed = headerBytes;
  return (chunk) => {
    chunks.push(chunk);
    held += chunk.length;
    while (held >= needed) {
      const bytes = chunks.length === 1 ? chunk : Buffer.concat(chunks);
      const start = chunks.length === 1 ? (chunks[0] ?? bytes) : bytes;
      const length = start.readInt32LE(0);
      if (length < headerBytes || length > maxMessageBytes) return false;
      needed = length;
      chunks = [start];
      if (held < length) return true;
      const rest = start.subarray(length);
      held = rest.length;
      chunks = held ? [rest] : [];
      needed = headerBytes;
      onMessage(start.subarray(0, length));
    }
    return true;
  };
}

export type Answering = {
  answer: (message: Incoming) => Doc;
  /** Resolves once everything the answer rests on is kept. */
  settled: (message: Incoming) => Promise<void> | undefined;
  /** Turns a failed write into the reply that says so. */
  refuse: (error: unknown) => Doc;
};

export function serveConnection(socket: Socket, { answer, settled, refuse }: Answering): void {
  const send = (message: Incoming, reply: Doc): void => {
    if (!message.wantsReply || socket.destroyed) return;
    socket.cork();
    for (const part of safeReply(message, reply)) socket.write(part);
    socket.uncork();
  };
  const safeReply = (message: Incoming, reply: Doc): Buffer[] => {
    try {
      return writeReply(message, reply);
    } catch (error) {
      return writeReply(message, refuse(error));
    }
  };
  const split = makeSplitter((bytes) => {
    const message = readMessage(bytes);
    const reply = answer(message);
    const pending = settled(message);
    if (pending)
      pending.then(
        () => send(message, reply),
        (error: unknown) => send(message, refuse(error)),
      );
    else send(message, reply);
  });
  socket.on('data', (chunk: Buffer) => {
    try {
      if (!split(chunk)) socket.destroy();
    } catch {
      // Bytes that are not the protocol: the connection is of no use to either side.
      socket.destroy();
    }
  });
  socket.on('error', () => socket.destroy());
}

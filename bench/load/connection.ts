// One keep-alive connection that costs next to nothing, so that a benchmark measures the server and not its client.
// It understands what our servers answer: one response at a time with a Content-Length.
import { once } from 'node:events';
import { createConnection } from 'node:net';

export interface LoadConnection {
  /** Resolves with the status once the whole answer is there. One question at a time. */
  ask(request: Buffer): Promise<number>;
  close(): void;
}

const headersEnd = '\r\n\r\n';

export async function openConnection(port: number): Promise<LoadConnection> {
  const socket = createConnection({ port, host: 'localhost', noDelay: true });
  await once(socket, 'connect');
  let unread = '';
  let waiting: { resolve: (status: number) => void; reject: (error: Error) => void } | null = null;

  socket.on('data', (data: Buffer) => {
    // Lengths count bytes, and one byte is one character here.
    unread += data.toString('latin1');
    const headers = unread.indexOf(headersEnd);
    if (headers === -1) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(unread.slice(0, headers))?.[1] ?? Number.NaN);
    if (Number.isNaN(length)) {
      socket.destroy(new Error('The answer has no Content-Length.'));
      return;
    }
    const end = headers + headersEnd.length + length;
    if (unread.length < end) return;
    const status = Number(unread.slice(9, 12));
    unread = unread.slice(end);
    waiting?.resolve(status);
    waiting = null;
  });
  const fail = (error: Error) => {
    waiting?.reject(error);
    waiting = null;
  };
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('The server closed the connection.')));

  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

/** The bytes of a request. */
export function requestBytes(
  method: 'GET' | 'POST',
  target: string,
  { headers, body = '' }: { headers: Record<string, string>; body?: string },
): Buffer {
  const lines = Object.entries({ host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}`);
  const length = method === 'POST' ? [`content-length: ${Buffer.byteLength(body)}`] : [];
  return Buffer.from(`${[`${method} ${target} HTTP/1.1`, ...lines, ...length].join('\r\n')}${headersEnd}${body}`);
}

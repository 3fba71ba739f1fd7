// One structured logger. Ids always, tokens and emails never.
import { pino, type Logger } from 'pino';

export type Log = Logger;

const secretFields = [
  'accessToken',
  'refreshToken',
  'access_token',
  'refresh_token',
  'client_secret',
  'clientSecret',
  'authorization',
  'email',
  'code',
];

/** Fields that carry secrets are removed wherever they stand in the first three levels of a log line. */
export function makeLog({ level, pretty = false }: { level: string; pretty?: boolean }): Log {
  return pino({
    level,
    redact: {
      paths: [
        ...secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
        'req.headers.authorization',
        'req.headers.cookie',
        'res.headers["set-cookie"]',
      ],
      censor: '[removed]',
    },
    ...(pretty ? { transport: { target: 'pino-pretty' } } : {}),
  });
}

export const silentLog: Log = pino({ level: 'silent' });

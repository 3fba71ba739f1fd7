// What the body parser and the router throw, in the words of our own errors. Never repeats what was sent.
import { CodedError } from '../../errors.ts';

interface ParserError {
  type?: string;
  status?: number;
  message: string;
  body?: unknown;
  limit?: number;
}

/** Null for an error that is not about reading the request. */
export function requestErrorOf(error: unknown): CodedError | null {
  if (!(error instanceof Error)) return null;
  const { type, status, message, body, limit } = error as Error & ParserError;
  if (type === 'entity.too.large') {
    if (limit !== undefined && limit !== 1_048_576)
      return new CodedError('payload_too_large', `The body is larger than ${limit / 1024} kB.`);
    return new CodedError('payload_too_large', 'The body is larger than 1 MB. Send fewer rows at a time.');
  }
  if (type === 'entity.parse.failed') return notJson(message, typeof body === 'string' ? body.length : 0);
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') {
    return new CodedError('invalid_request', 'Send the body as UTF-8 JSON, plain or with gzip, deflate or br.');
  }
  if (status !== undefined && status >= 400 && status < 500) {
    return new CodedError('invalid_request', 'The request could not be read. Check its address, headers and length.');
  }
  return null;
}

/** V8 names the position of most faults, says "end" for a body that stops too early, and for the rest quotes the body, which we do not. */
function notJson(message: string, length: number): CodedError {
  const position =
    /position (\d+)/.exec(message)?.[1] ?? (/end of JSON|Unterminated/.test(message) ? length : undefined);
  if (position === undefined) return new CodedError('invalid_request', 'The body is not a JSON object.');
  return new CodedError('invalid_request', `The body is not valid JSON: look at position ${position}.`, {
    details: { position: Number(position) },
  });
}

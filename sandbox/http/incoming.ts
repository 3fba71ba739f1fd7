/** A call as it came in, before anything is known about who makes it. */
import type { Request, Response } from 'express';
import type { ApiVersion } from './api-paths.ts';
import type { ReadBody } from './read-body.ts';

export type Incoming = ReadBody & {
  request: Request;
  response: Response;
  version: ApiVersion;
  /** Path without a version. */
  canonical: string;
};

// GET /openapi.json: the contract for programs. Made once; it does not change while the process runs.
import type { RequestHandler } from 'express';
import { makeOpenapiDocument } from '../../contract/openapi.ts';

export function getOpenapi(): RequestHandler {
  const document = JSON.stringify(makeOpenapiDocument());
  return (_req, res) => {
    res.type('application/json').send(document);
  };
}

// GET /healthz: the process is alive. Asks nobody, so that a store that is down does not get the process restarted.
import type { RequestHandler } from 'express';

export const getHealthz: RequestHandler = (_req, res) => {
  res.json({ status: 'ok' });
};

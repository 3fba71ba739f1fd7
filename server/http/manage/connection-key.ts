// Which connection a request names, always together with the workspace of its key.
import type { Request, Response } from 'express';
import { callerOf } from '../middleware/authenticate.ts';

export function connectionKeyOf(req: Request, res: Response): { workspaceId: string; connectionId: string } {
  return { workspaceId: callerOf(res).workspaceId, connectionId: String(req.params.connection_id) };
}

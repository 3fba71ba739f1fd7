// Which rule a request names, always together with the workspace of its key.
import type { Request, Response } from 'express';
import { callerOf } from '../middleware/authenticate.ts';

export function ruleKeyOf(req: Request, res: Response): { workspaceId: string; ruleId: string } {
  return { workspaceId: callerOf(res).workspaceId, ruleId: String(req.params.rule_id) };
}

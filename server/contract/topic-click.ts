// A click as a message of the topic: a row of POST /v1/clicks with the workspace it belongs to. The row is checked by the flow.
import { z } from 'zod';
import { safeId } from './text.ts';

export const topicClickSchema = z.looseObject({ workspace_id: safeId(64) });

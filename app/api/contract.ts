// What the server says, as types: taken from its contract, so that the two cannot drift apart. Types only, no code of the server.
import type { z } from 'zod';
import type {
  apiKeyListSchema,
  apiKeySchema,
  rotatedApiKeySchema,
  shownApiKeySchema,
} from '../../server/contract/api-key.ts';
import type { auditEntrySchema, auditListSchema } from '../../server/contract/audit.ts';
import type {
  connectionChangeSchema,
  connectionListSchema,
  connectionSchema,
  disconnectReplySchema,
  installLinkSchema,
} from '../../server/contract/connection.ts';
import type { deliverySchema } from '../../server/contract/delivery.ts';
import type { deliveryListSchema, explanationSchema } from '../../server/contract/delivery-log.ts';
import type { fieldMappingSchema } from '../../server/contract/field-mapping.ts';
import type { importUndoneSchema, linkImportSchema, linkStatsSchema } from '../../server/contract/import.ts';
import type { linkListSchema, linkSchema, newLinkSchema, linkChangeSchema } from '../../server/contract/link.ts';
import type {
  invitationSchema,
  memberListSchema,
  memberSchema,
  signInLinkSchema,
} from '../../server/contract/member.ts';
import type { overviewSchema } from '../../server/contract/overview.ts';
import type {
  fieldMappingTrySchema,
  pipelinesReplySchema,
  pipelineSchema,
  propertiesReplySchema,
  propertySchema,
} from '../../server/contract/portal-metadata.ts';
import type { recordNamesSchema } from '../../server/contract/record-names.ts';
import type { newReplaySchema, previewSchema, replaySchema } from '../../server/contract/replay.ts';
import type {
  backTestReplySchema,
  backTestSchema,
  moveListSchema,
  moveSchema,
  ruleListSchema,
  ruleSchema,
} from '../../server/contract/rule.ts';
import type { consoleSessionSchema, sessionListSchema, sessionSchema } from '../../server/contract/session.ts';
import type { workspaceChangeSchema, workspaceSchema } from '../../server/contract/workspace.ts';

export type { ErrorReply } from '../../server/contract/error.ts';
export type { ApiScope, Role } from '../../server/contract/api-scopes.ts';
export type { LiveEvent, LiveEventName } from '../../server/contract/live.ts';

export type ConsoleSession = z.infer<typeof consoleSessionSchema>;
export type Session = z.infer<typeof sessionSchema>;
export type SessionList = z.infer<typeof sessionListSchema>;
export type Overview = z.infer<typeof overviewSchema>;
export type Need = Overview['needs'][number];
export type Day = Overview['days'][number];
export type Link = z.infer<typeof linkSchema>;
export type LinkList = z.infer<typeof linkListSchema>;
export type NewLink = z.input<typeof newLinkSchema>;
export type LinkChange = z.input<typeof linkChangeSchema>;
export type LinkStats = z.infer<typeof linkStatsSchema>;
export type LinkImport = z.infer<typeof linkImportSchema>;
export type ImportUndone = z.infer<typeof importUndoneSchema>;
export type Connection = z.infer<typeof connectionSchema>;
export type ConnectionChange = z.input<typeof connectionChangeSchema>;
export type ConnectionList = z.infer<typeof connectionListSchema>;
export type DisconnectReply = z.infer<typeof disconnectReplySchema>;
export type InstallLink = z.infer<typeof installLinkSchema>;
export type Delivery = z.infer<typeof deliverySchema>;
export type DeliveryList = z.infer<typeof deliveryListSchema>;
export type Explanation = z.infer<typeof explanationSchema>;
export type Story = Explanation['connections'][number];
export type NewReplay = z.input<typeof newReplaySchema>;
export type ReplayPreview = z.infer<typeof previewSchema>;
export type Replay = z.infer<typeof replaySchema>;
export type FieldMapping = z.infer<typeof fieldMappingSchema>;
export type FieldMappingRow = FieldMapping['rows'][number];
export type MappingSource = FieldMappingRow['source'];
export type FieldMappingTry = z.infer<typeof fieldMappingTrySchema>;
export type Property = z.infer<typeof propertySchema>;
export type PropertyList = z.infer<typeof propertiesReplySchema>;
export type Pipeline = z.infer<typeof pipelineSchema>;
export type PipelineList = z.infer<typeof pipelinesReplySchema>;
export type ApiKey = z.infer<typeof apiKeySchema>;
export type ApiKeyList = z.infer<typeof apiKeyListSchema>;
export type ShownApiKey = z.infer<typeof shownApiKeySchema>;
export type RotatedApiKey = z.infer<typeof rotatedApiKeySchema>;
export type Member = z.infer<typeof memberSchema>;
export type Invitation = z.infer<typeof invitationSchema>;
export type MemberList = z.infer<typeof memberListSchema>;
export type SignInLink = z.infer<typeof signInLinkSchema>;
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export type AuditList = z.infer<typeof auditListSchema>;
export type Workspace = z.infer<typeof workspaceSchema>;
export type WorkspaceChange = z.input<typeof workspaceChangeSchema>;
export type Rule = z.infer<typeof ruleSchema>;
export type RuleList = z.infer<typeof ruleListSchema>;
export type RuleMove = z.infer<typeof moveSchema>;
export type RuleMoveList = z.infer<typeof moveListSchema>;
export type RecordNames = z.infer<typeof recordNamesSchema>;
export type BackTest = z.input<typeof backTestSchema>;
export type BackTestReply = z.infer<typeof backTestReplySchema>;

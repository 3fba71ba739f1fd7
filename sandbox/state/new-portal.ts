/** A fresh HubSpot account: empty tables with the standard properties, the default deal pipeline and one custom pipeline. */
import type { ObjectTable, ObjectTypeId, Pipeline, PipelineStage } from './crm.ts';
import { objectTypes } from './object-types.ts';
import type { Portal } from './portal.ts';
import { standardProperties } from './standard-properties.ts';

const stage = (id: string, label: string, probability: string): Omit<PipelineStage, 'displayOrder'> => ({
  id,
  label,
  probability,
  isClosed: probability === '1.0' || probability === '0.0',
});

const inOrder = (stages: Omit<PipelineStage, 'displayOrder'>[]): PipelineStage[] =>
  stages.map((row, displayOrder) => ({ ...row, displayOrder }));

function dealPipelines(): Pipeline[] {
  const sales = inOrder([
    stage('appointmentscheduled', 'Appointment Scheduled', '0.2'),
    stage('qualifiedtobuy', 'Qualified To Buy', '0.4'),
    stage('presentationscheduled', 'Presentation Scheduled', '0.6'),
    stage('decisionmakerboughtin', 'Decision Maker Bought-In', '0.8'),
    stage('contractsent', 'Contract Sent', '0.9'),
    stage('closedwon', 'Closed Won', '1.0'),
    stage('closedlost', 'Closed Lost', '0.0'),
  ]);
  // Stages of custom pipelines have numeric ids, as strings.
  const renewals = inOrder([
    stage('90010001', 'Renewal due', '0.5'),
    stage('90010002', 'Renewal offered', '0.7'),
    stage('90010003', 'Renewed', '1.0'),
    stage('90010004', 'Not renewed', '0.0'),
  ]);
  return [
    { id: 'default', label: 'Sales Pipeline', displayOrder: 0, stages: sales },
    { id: '9001000', label: 'Renewals', displayOrder: 1, stages: renewals },
  ];
}

function newTable(typeId: ObjectTypeId): ObjectTable {
  const { definitions, groups } = standardProperties(typeId);
  return {
    typeId,
    records: new Map(),
    aliases: new Map(),
    unique: new Map(definitions.filter((row) => row.hasUniqueValue).map((row) => [row.name, new Map()])),
    properties: new Map(definitions.map((row) => [row.name, row])),
    groups: new Map(groups.map((group) => [group.name, group])),
  };
}

export function newPortal(options: { portalId: number; name: string; now: number }): Portal {
  const { portalId, name, now } = options;
  return {
    portalId,
    name,
    domain: `portal-${portalId}.example.com`,
    timeZone: 'Europe/London',
    currency: 'EUR',
    createdAt: now,
    users: [{ userId: 4242, email: `admin@portal-${portalId}.example.com`, firstName: 'Avery', lastName: 'Admin' }],
    unavailableScopes: [],
    limits: { perTenSeconds: 110, searchPerSecond: 5, perDay: 250_000 },
    writeRules: [],
    blockedEmails: new Set(),
    tables: new Map(objectTypes.map(({ id }) => [id, newTable(id)])),
    associations: new Map(),
    pipelines: new Map([['0-3', dealPipelines()]]),
    owners: [
      {
        id: '70001',
        email: `owner@portal-${portalId}.example.com`,
        firstName: 'Oakley',
        lastName: 'Owner',
        userId: 4243,
        archived: false,
        createdAt: now,
      },
    ],
    timeline: { events: [], byKey: new Map(), byObject: new Map() },
    changes: [],
    nextObjectId: 1001,
  };
}

/** What drivers ask of a server before and around their work. */
import { maxDocumentBytes, type Command, type Handler } from './context.ts';

const serverVersion = '7.0.0';
/** MongoDB 7.0's: the newest that does not make drivers use the bulkWrite command. */
const maxWireVersion = 21;

/** No topologyVersion: drivers then poll instead of waiting on an answer that streams. */
const hello: Handler = ({ now }, { connectionId }) => ({
  helloOk: true,
  isWritablePrimary: true,
  ismaster: true,
  maxBsonObjectSize: maxDocumentBytes,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  localTime: now(),
  logicalSessionTimeoutMinutes: 30,
  connectionId,
  minWireVersion: 0,
  maxWireVersion,
  readOnly: false,
});

const buildInfo: Handler = () => ({
  version: serverVersion,
  versionArray: serverVersion.split('.').map(Number).concat(0),
  gitVersion: 'embedded',
  modules: [],
  bits: 64,
  debug: false,
  maxBsonObjectSize: maxDocumentBytes,
  storageEngines: ['embedded'],
});

const serverStatus: Handler = ({ cursors, now, startedAt }) => ({
  version: serverVersion,
  process: 'embedded-mongo',
  pid: process.pid,
  uptime: (now().getTime() - startedAt.getTime()) / 1000,
  mem: { resident: Math.round(process.memoryUsage.rss() / 2 ** 20) },
  metrics: { cursor: { open: { total: cursors.count() } } },
});

const acknowledge: Handler = () => ({});

/** `hello` carries whatever the driver says about itself. */
const helloFields = [
  'helloOk',
  'client',
  'compression',
  'loadBalanced',
  'saslSupportedMechs',
  'speculativeAuthenticate',
  'topologyVersion',
  'maxAwaitTimeMS',
  'backpressure',
];
const helloCommand: Command = { run: hello, fields: helloFields };

export const adminCommands: [string, Command][] = [
  ['hello', helloCommand],
  ['isMaster', helloCommand],
  ['ismaster', helloCommand],
  ['ping', { run: acknowledge, fields: [] }],
  ['endSessions', { run: acknowledge, fields: [] }],
  ['buildInfo', { run: buildInfo, fields: [] }],
  ['buildinfo', { run: buildInfo, fields: [] }],
  ['serverStatus', { run: serverStatus, fields: [] }],
];

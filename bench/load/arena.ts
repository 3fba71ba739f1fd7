// Where the front door is measured: store, server and the bare server as processes of their own, and one connected workspace.
// No worker runs: what is measured is taking clicks in.
import mongoose from 'mongoose';
import { systemClock } from '../../server/lib/clock.ts';
import { makeNewId } from '../../server/lib/ids.ts';
import type { Store } from '../../server/store/store.ts';
import { repository } from '../processes/build.ts';
import { startStaff } from '../processes/staff.ts';
import { makeApi } from '../world/api.ts';
import { freePorts } from '../world/free-port.ts';
import { benchLink } from '../world/start-world.ts';

export interface Arena {
  productPort: number;
  barePort: number;
  key: string;
  slug: string;
  /** How many clicks of the product are in the store. */
  stored(): Promise<number>;
  close(): Promise<void>;
}

const portalId = 6_001;
const slug = 'q2-pricing';
/** Nobody listens there: HubSpot is not asked. */
const nowhere = 'http://127.0.0.1:9';

export async function openArena(): Promise<Arena> {
  const [productPort = 0, barePort = 0] = await freePorts(2);
  const options = { name: 'load', sandboxUrl: nowhere, serverPort: productPort, keepsOnDisk: true };
  return startStaff(options, async ({ store, uriOf, employ, employProgram, makeTenant, onClose, close }) => {
    await employProgram('product', { ROLE: 'server', PORT: String(productPort) });
    const { workspaceId, key } = await makeTenant();
    await connect(store, workspaceId);
    const api = makeApi(`http://localhost:${productPort}`, key);
    await api.post('/v1/links', benchLink(slug));
    await api.post('/v1/clicks', { click_id: 'template', slug, eid: '500001' });
    await employ({
      name: 'bare',
      args: ['--import', 'tsx', 'bench/load/bare-server.ts'],
      cwd: repository,
      env: {
        NODE_ENV: 'production',
        PORT: String(barePort),
        MONGODB_URI: uriOf('bare'),
        TEMPLATE_URI: uriOf('elido'),
      },
      readyWhen: '"started"',
    });
    const look = await new mongoose.mongo.MongoClient(uriOf('elido')).connect();
    onClose(() => look.close());
    const stored = () => look.db().collection('deliveries').estimatedDocumentCount();
    return { productPort, barePort, key, slug, stored, close };
  });
}

/** As far as taking clicks in is concerned. */
async function connect(store: Store, workspaceId: string): Promise<void> {
  const now = Date.now();
  const tokens = { accessToken: 'none', refreshToken: 'none', expiresAt: now };
  await store.portals.saveInstall({ portalId, hubDomain: 'example.com', ...tokens, scopes: [], userId: null, now });
  await store.connections.connect({
    id: makeNewId(systemClock)('connection'),
    workspaceId,
    portalId,
    dialect: 'app_events',
    now: now - 60_000,
  });
}

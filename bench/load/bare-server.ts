// What the product is compared with: the least that Express and the driver can do. Run as a process of its own with
// PORT, MONGODB_URI (where the documents go) and TEMPLATE_URI (where a delivery of the product is to be found).
import express from 'express';
import mongoose from 'mongoose';
import type { Delivery } from '../../server/domain/delivery.ts';

const { PORT = '0', MONGODB_URI = '', TEMPLATE_URI = '' } = process.env;

type Document = Delivery & { kind: 'click' };

const template = await readTemplate();
const client = await new mongoose.mongo.MongoClient(MONGODB_URI).connect();
const deliveries = client.db().collection<Document>('deliveries');
for (const { key, name, partialFilterExpression } of template.indexes) {
  if (name !== '_id_')
    await deliveries.createIndex(key, { name, ...(partialFilterExpression && { partialFilterExpression }) });
}

const app = express();
app.get('/r/:slug', (_req, res) => {
  res.statusCode = 302;
  res.setHeader('Location', 'https://www.example.com/q2-pricing.pdf');
  res.end();
});
app.post('/v1/clicks', express.json({ limit: '2mb' }), async (req, res) => {
  const { clicks } = req.body as { clicks: { click_id: string; eid: string }[] };
  const { document } = template;
  const now = Date.now();
  const [receivedAt, dueAt] = [new Date(now), new Date(now + template.holdMs)];
  const documents = clicks.map(({ click_id: clickId, eid }) => {
    // Every field that differs from click to click, so that the indexes have the same work.
    const digest = clickId.padStart(32, '0').slice(-32);
    const click = { ...document.click, clickId, eid, digest, at: now, receivedAt: now };
    const own = {
      _id: `${clickId}@bare`,
      eventId: clickId,
      digest,
      occurredAt: receivedAt,
      receivedAt,
      dueAt,
      who: eid,
    };
    return { ...document, ...own, click };
  });
  await deliveries.insertMany(documents, { ordered: false });
  res.status(202).json({ accepted: documents.length });
});
app.listen(Number(PORT), () => console.log('{"msg":"started"}'));

interface Index {
  key: Record<string, 1 | -1>;
  name: string;
  partialFilterExpression?: Record<string, unknown>;
}

/** A delivery as the product stores it, and the indexes it keeps: the same work for the store on both sides. */
async function readTemplate(): Promise<{ document: Document; holdMs: number; indexes: Index[] }> {
  const product = await new mongoose.mongo.MongoClient(TEMPLATE_URI).connect();
  try {
    const stored = product.db().collection<Document>('deliveries');
    const document = await stored.findOne({});
    if (!document) throw new Error('The product has stored no delivery yet.');
    const holdMs = (document.dueAt?.getTime() ?? 0) - document.receivedAt.getTime();
    return { document, holdMs, indexes: (await stored.listIndexes().toArray()) as Index[] };
  } finally {
    await product.close();
  }
}

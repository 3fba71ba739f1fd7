// A process that appends numbered lines to a spool until it is killed. Says on stdout which line is on disk: only those were promised.
import { openSpool } from '../../server/lib/spool.ts';

const [folder = '', name = '', size = '0'] = process.argv.slice(2);
const spool = await openSpool(folder);
for (let at = 0; ; at++) {
  const line = JSON.stringify({ name, at, padding: 'x'.repeat(Number(size)) });
  const kept = await spool.append(line).then(
    () => true,
    () => false,
  );
  process.stdout.write(`${kept ? 'kept' : 'lost'} ${name} ${at}\n`);
  await new Promise((resolve) => setTimeout(resolve, 1));
}

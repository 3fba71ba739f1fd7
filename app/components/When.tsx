// A moment, as people say it; the exact time is one hover away.
import { useEffect, useState } from 'react';
import { sayExactly, sayWhen } from './say.ts';

const stepMs = 30_000;

export function When({ at }: { at: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), stepMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={sayExactly(at)} className="whitespace-nowrap">
      {sayWhen(Date.parse(at), now)}
    </time>
  );
}

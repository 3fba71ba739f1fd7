// A moment that is over, or one to come (`Until`), as people say it; the exact time is one hover away.
import { useEffect, useState } from 'react';
import { sayExactly, sayUntil, sayWhen } from './say.ts';

const stepMs = 30_000;

export function When({ at }: { at: string }) {
  return <Moment at={at} say={sayWhen} />;
}

export function Until({ at }: { at: string }) {
  return <Moment at={at} say={sayUntil} />;
}

function Moment({ at, say }: { at: string; say: (at: number, now: number) => string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), stepMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={sayExactly(at)} className="whitespace-nowrap">
      {say(Date.parse(at), now)}
    </time>
  );
}

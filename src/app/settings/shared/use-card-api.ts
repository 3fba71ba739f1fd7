// A copy of src/app/cards/shared/use-card-api.ts, made by `npm run card-types`: change it there.
// Loads one thing of the Card API and keeps it fresh: shows the last reply while a new one with other filters is on its way.
import { useEffect, useState } from 'react';
import { logger } from '@hubspot/ui-extensions';
import {
  callCardApi,
  type CardRequest,
  type Fault,
  type OperationId,
  type Outcome,
  type Reply,
} from './call-card-api.ts';

export interface Loading<Data> {
  data: Data | null;
  fault: Fault | null;
  /** Nothing has come yet, or something newer is on its way. */
  busy: boolean;
  reload: () => void;
  /** Puts the reply of a change in the place of what was loaded. */
  replace: (data: Data) => void;
}

export function useCardApi<Id extends OperationId>(origin: string, request: CardRequest<Id>): Loading<Reply<Id>> {
  const [attempt, setAttempt] = useState(0);
  const [got, setGot] = useState<{ key: string; outcome: Outcome<Id> } | null>(null);
  const key = JSON.stringify([origin, request, attempt]);

  useEffect(() => {
    let live = true;
    const [from, asked] = JSON.parse(key) as [string, CardRequest<Id>];
    const load = async () => {
      const outcome = await callCardApi(from, asked);
      if (!outcome.ok) logger.warn(`Elido ${asked.id}: ${outcome.fault.code}`);
      if (live) setGot({ key, outcome });
    };
    void load();
    return () => {
      live = false;
    };
  }, [key]);

  const busy = got?.key !== key;
  return {
    data: got?.outcome.ok ? got.outcome.data : null,
    fault: got && !got.outcome.ok && !busy ? got.outcome.fault : null,
    busy,
    reload: () => setAttempt((last) => last + 1),
    replace: (data) => setGot({ key, outcome: { ok: true, data } }),
  };
}

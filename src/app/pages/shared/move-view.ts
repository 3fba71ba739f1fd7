// A copy of src/app/cards/shared/move-view.ts, made by `npm run card-types`: change it there.
// A move of a deal by a rule as words: what happened, because of whose clicks, and whether it can be taken back. Pure.
import type { CardMove } from './card-api.ts';
import { personName, stageName } from './names.ts';
import type { Words } from './words.ts';

export interface MoveView {
  title: string;
  because: string;
  /** Clicks that did not count, and guards that were checked. */
  details: string[];
  when: string;
  undo: 'possible' | 'impossible' | 'pointless';
  undoReason: string | null;
}

const titles = {
  done: 'moveDone',
  watched: 'moveWatched',
  suggested: 'moveSuggested',
  planned: 'movePlanned',
  failed: 'moveFailed',
  void: 'moveFailed',
  undone: 'moveUndone',
} as const satisfies Record<CardMove['state'], string>;

export function moveView(move: CardMove, now: string, words: Words): MoveView {
  const names = {
    rule: move.rule.name ?? words.say('aRule'),
    from: stageName(move.from),
    to: stageName(move.to),
  };
  const { possible, reason } = move.undo;
  return {
    title: words.say(titles[move.state], names),
    because: words.count('moveBecause', move.counted, { person: personName(move.contact, words) }),
    details: [
      ...move.excluded.map(({ reason: why, clicks }) => words.count('moveExcluded', clicks, { reason: why })),
      ...move.guards.map((guard) => guard.words),
    ],
    when: words.ago(move.at, now),
    undo: possible ? 'possible' : move.state === 'done' ? 'impossible' : 'pointless',
    undoReason: !possible && reason ? words.say(`undo_${reason}`) : null,
  };
}

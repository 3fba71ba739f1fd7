// Rules and their moves in the words of people.
import type { Rule, RuleMove } from '../../api/contract.ts';
import type { Tone } from '../../components/Badge.tsx';

export const modeWords: Record<Rule['mode'], { label: string; hint: string; tone: Tone }> = {
  act: { label: 'Act', hint: 'Moves the deal by itself.', tone: 'accent' },
  suggest: { label: 'Suggest', hint: 'Gives the owner of the deal a task. Nothing is moved.', tone: 'info' },
  watch: { label: 'Watch', hint: 'Only writes down what it would have done.', tone: 'neutral' },
};

export const moveWords: Record<RuleMove['state'], { label: string; tone: Tone }> = {
  planned: { label: 'On its way', tone: 'info' },
  done: { label: 'Moved', tone: 'good' },
  watched: { label: 'Watched', tone: 'neutral' },
  suggested: { label: 'Suggested', tone: 'info' },
  failed: { label: 'Failed', tone: 'bad' },
  void: { label: 'Not needed', tone: 'neutral' },
  undone: { label: 'Taken back', tone: 'warn' },
};

// Why a rule could not be saved, when it is not one of the mistakes that stand beside its text.
import { Callout } from '../../components/Callout.tsx';
import { wordsOf } from '../../components/States.tsx';
import { problemsOf } from './problems.ts';

export function SaveProblem({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null;
  const mistakes = problemsOf(error).length;
  return (
    <Callout tone="bad" announce title={mistakes > 0 ? 'The rule cannot be used as it is' : 'Not saved'}>
      {mistakes > 0 ? 'The places are marked in the text.' : wordsOf(error)}
    </Callout>
  );
}

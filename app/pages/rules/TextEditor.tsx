// The text of a rule with line numbers, and the mistakes below it; pressing one goes to its place.
import { useId, useRef } from 'react';
import type { RuleProblem } from './problems.ts';

interface TextEditorProps {
  text: string;
  problems: readonly RuleProblem[];
  disabled: boolean;
  onChange: (text: string) => void;
}

export function TextEditor({ text, problems, disabled, onChange }: TextEditorProps) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const lines = text.split('\n');
  const wrong = new Set(problems.map(({ line }) => line));
  const goTo = ({ line, column }: RuleProblem) => {
    if (line === null) return;
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + (column ?? 1) - 1;
    area.current?.focus();
    area.current?.setSelectionRange(start, start);
  };
  return (
    <div>
      <label htmlFor={id} className="sr-only">
        The rule as YAML
      </label>
      <div className="flex overflow-x-auto rounded-lg border border-line-strong bg-surface font-mono text-[0.8125rem] leading-6 has-focus-visible:outline-2 has-focus-visible:outline-accent">
        <ol aria-hidden="true" className="shrink-0 border-r border-line py-2 text-right text-muted select-none">
          {lines.map((_, index) => (
            <li key={index} className={`px-2 ${wrong.has(index + 1) ? 'bg-bad-soft font-semibold text-bad' : ''}`}>
              {index + 1}
            </li>
          ))}
        </ol>
        <textarea
          ref={area}
          id={id}
          value={text}
          rows={lines.length}
          disabled={disabled}
          spellCheck={false}
          autoCapitalize="off"
          wrap="off"
          aria-invalid={problems.length > 0 || undefined}
          aria-describedby={problems.length > 0 ? `${id}-problems` : undefined}
          className="min-w-0 flex-1 resize-none overflow-x-auto bg-transparent px-3 py-2 outline-none"
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      </div>
      <ul id={`${id}-problems`} className="mt-2 space-y-1" aria-live="polite">
        {problems.map((problem) => (
          <li key={`${problem.path}${problem.message}`}>
            <button
              type="button"
              className="text-left text-[0.8125rem] text-bad hover:underline"
              onClick={() => goTo(problem)}
            >
              {problem.line !== null && `Line ${problem.line}: `}
              {problem.message}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Form: gathers the named fields and hands them to the extension; nothing is ever sent by the browser itself. */
import type { FormEvent } from 'react';
import type { Common } from './props.ts';

type FormProps = Common & { onSubmit?: (event: object) => void; autoComplete?: string };

export function Form({ onSubmit, autoComplete, children, testId }: FormProps) {
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    // A field still being typed in commits first, as a click elsewhere would make it.
    if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
    const values = Object.fromEntries(
      [...new FormData(event.currentTarget)].map(([name, value]) => [
        name,
        typeof value === 'string' ? value : value.name,
      ]),
    );
    onSubmit?.({ type: 'submit', targetValue: values, defaultPrevented: true });
  };
  return (
    <form noValidate onSubmit={submit} autoComplete={autoComplete} data-testid={testId}>
      {children}
    </form>
  );
}

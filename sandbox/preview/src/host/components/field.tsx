/** The frame of every field: label, description, tooltip, and the message beside it. */
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { classes } from './props.ts';

export type FieldProps<T> = {
  label?: string;
  name?: string;
  value?: T;
  defaultValue?: T;
  required?: boolean;
  readOnly?: boolean;
  description?: string;
  tooltip?: string;
  placeholder?: string;
  error?: boolean;
  validationMessage?: string;
  testId?: string;
};

/** What the control inside must carry so that label, description and message belong to it. */
type Wiring = {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  'aria-required': true | undefined;
};

type FrameProps = Omit<FieldProps<never>, 'value' | 'defaultValue'> & {
  /** `group`: the control is several inputs, so the label names their group. */
  as?: 'field' | 'group';
  hideLabel?: boolean;
  children: (wiring: Wiring) => ReactNode;
};

export function Field({
  as = 'field',
  label,
  hideLabel,
  description,
  tooltip,
  validationMessage,
  children,
  ...field
}: FrameProps) {
  const id = useId();
  const ids = { description: `${id}-description`, message: `${id}-message` };
  const described = [(description || tooltip) && ids.description, validationMessage && ids.message].filter(Boolean);
  const wiring: Wiring = {
    id,
    'aria-describedby': described.join(' ') || undefined,
    'aria-invalid': field.error || undefined,
    'aria-required': field.required || undefined,
  };
  const name = (
    <>
      {label}
      {field.required && <span aria-hidden="true"> *</span>}
    </>
  );
  const rest = (
    <>
      {(description || tooltip) && (
        <div id={ids.description} className="hs-field-description">
          {description} {tooltip}
        </div>
      )}
      {children(wiring)}
      {validationMessage && (
        <div id={ids.message} className={classes('hs-field-message', field.error && 'hs-field-error')}>
          {validationMessage}
        </div>
      )}
    </>
  );
  if (as === 'group')
    return (
      <fieldset className="hs-field" data-testid={field.testId} aria-describedby={wiring['aria-describedby']}>
        <legend className={classes('hs-label', hideLabel && 'hs-hidden')}>{name}</legend>
        {rest}
      </fieldset>
    );
  return (
    <div className="hs-field" data-testid={field.testId}>
      {label && (
        <label htmlFor={id} className={classes('hs-label', hideLabel && 'hs-hidden')}>
          {name}
        </label>
      )}
      {rest}
    </div>
  );
}

/**
 * The extension's value, held here while the reader types: the worker answers a moment later, and an input that waited for
 * it would swallow keys. A new value from the extension wins.
 */
export function useHeld<T>(value: T | undefined, fallback: T): [T, (next: T) => void] {
  const [held, setHeld] = useState<T>(value ?? fallback);
  const key = JSON.stringify(value);
  const last = useRef(key);
  useEffect(() => {
    if (last.current === key) return;
    last.current = key;
    setHeld(value ?? fallback);
  }, [key, value, fallback]);
  return [held, setHeld];
}

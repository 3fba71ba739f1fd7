// Form fields: a label, the control, a hint, and the error that the server or the form found, tied together for screen readers.
import { useId, type ComponentProps, type ReactNode } from 'react';

interface FieldFrame {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** "optional" beside the label. */
  optional?: boolean;
  className?: string;
}

interface FieldProps extends FieldFrame {
  children: (control: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}

export function Field({ label, hint, error, optional = false, className = '', children }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 flex items-baseline justify-between gap-2 text-[0.8125rem] font-medium">
        {label}
        {optional && <span className="text-xs font-normal text-muted">optional</span>}
      </label>
      {children({
        id,
        ...(described ? { 'aria-describedby': described } : {}),
        ...(error ? { 'aria-invalid': true } : {}),
      })}
      {hint && (
        <div id={`${id}-hint`} className="mt-1 text-xs text-muted">
          {hint}
        </div>
      )}
      {error && (
        <p id={`${id}-error`} className="mt-1 text-xs font-medium text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

type TextFieldProps = FieldFrame &
  Omit<ComponentProps<'input'>, 'onChange' | 'className'> & { onChange: (value: string) => void };

export function TextField({ label, hint, error, optional, className, onChange, ...input }: TextFieldProps) {
  const frame = { label, hint, error, ...(optional ? { optional } : {}), ...(className ? { className } : {}) };
  return (
    <Field {...frame}>
      {(control) => (
        <input {...input} {...control} className="input" onChange={(event) => onChange(event.currentTarget.value)} />
      )}
    </Field>
  );
}

interface SelectFieldProps extends FieldFrame {
  value: string;
  options: readonly { value: string; label: string; disabled?: boolean }[];
  disabled?: boolean;
  onChange: (value: string) => void;
}

export function SelectField({ value, options, disabled = false, onChange, ...frame }: SelectFieldProps) {
  return (
    <Field {...frame}>
      {(control) => (
        <select
          {...control}
          value={value}
          disabled={disabled}
          className="input"
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

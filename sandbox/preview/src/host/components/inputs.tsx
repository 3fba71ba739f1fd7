/** Input, TextArea, SearchInput, NumberInput, CurrencyInput, StepperInput. `onInput` on every key, `onChange` on commit, as HubSpot does. */
import { useId, type ChangeEvent, type FocusEvent } from 'react';
import { Field, useHeld, type FieldProps } from './field.tsx';
import { classes } from './props.ts';

type TextEvents = {
  onChange?: (value: string) => void;
  onInput?: (value: string) => void;
  onBlur?: (value: string) => void;
  onFocus?: (value: string) => void;
};
type TextProps = FieldProps<string> & TextEvents;
type TextTarget = HTMLInputElement | HTMLTextAreaElement;

function useText({ value, defaultValue, onChange, onInput, onBlur, onFocus }: TextProps) {
  const [text, setText] = useHeld(value ?? defaultValue, '');
  return {
    text,
    setText,
    events: {
      value: text,
      onChange: ({ target }: ChangeEvent<TextTarget>) => {
        setText(target.value);
        onInput?.(target.value);
      },
      onFocus: ({ target }: FocusEvent<TextTarget>) => onFocus?.(target.value),
      onBlur: ({ target }: FocusEvent<TextTarget>) => {
        if (target.value !== (value ?? '')) onChange?.(target.value);
        onBlur?.(target.value);
      },
    },
  };
}

export function Input({ type = 'text', ...props }: TextProps & { type?: 'text' | 'password' }) {
  const { text, events } = useText(props);
  return (
    <Field {...props}>
      {(wiring) => (
        <input
          {...wiring}
          {...events}
          type={type}
          name={props.name}
          readOnly={props.readOnly}
          placeholder={props.placeholder}
          autoComplete="off"
          className="hs-input"
          onKeyDown={({ key }) => key === 'Enter' && props.onChange?.(text)}
        />
      )}
    </Field>
  );
}

type AreaProps = TextProps & { cols?: number; rows?: number; maxLength?: number; resize?: string };

export function TextArea({ rows = 4, cols, maxLength, resize, ...props }: AreaProps) {
  const { events } = useText(props);
  return (
    <Field {...props}>
      {(wiring) => (
        <textarea
          {...wiring}
          {...events}
          rows={rows}
          cols={cols}
          maxLength={maxLength}
          name={props.name}
          readOnly={props.readOnly}
          placeholder={props.placeholder}
          className={classes('hs-input', `hs-resize-${resize}`)}
        />
      )}
    </Field>
  );
}

export function SearchInput({ clearable = true, ...props }: TextProps & { clearable?: boolean }) {
  const { text, setText, events } = useText(props);
  const clear = (): void => {
    setText('');
    props.onInput?.('');
    props.onChange?.('');
  };
  return (
    <Field {...props}>
      {(wiring) => (
        <div className="hs-search">
          <input
            {...wiring}
            {...events}
            type="search"
            name={props.name}
            placeholder={props.placeholder}
            className="hs-input"
          />
          {clearable && text !== '' && (
            <button type="button" className="hs-plain" aria-label="Clear" onClick={clear}>
              ×
            </button>
          )}
        </div>
      )}
    </Field>
  );
}

type NumberProps = FieldProps<number> & {
  min?: number;
  max?: number;
  precision?: number;
  formatStyle?: string;
  stepSize?: number;
  currency?: string;
  onChange?: (value: number) => void;
  onInput?: (value: number) => void;
  onBlur?: (value: number) => void;
};

function NumberField({ unit, ...props }: NumberProps & { unit?: string }) {
  const { min, max, precision } = props;
  const given = props.value ?? props.defaultValue;
  const [text, setText] = useHeld(given === undefined ? undefined : String(given), '');
  const unitId = useId();
  const clamp = (number: number): number => Math.min(max ?? Infinity, Math.max(min ?? -Infinity, number));
  const step = props.stepSize ?? (precision ? 10 ** -precision : 1);
  const change = (next: string): void => {
    setText(next);
    if (next !== '' && Number.isFinite(Number(next))) props.onInput?.(Number(next));
  };
  const commit = (): void => {
    if (text === '' || !Number.isFinite(Number(text))) return;
    const number = clamp(Number(text));
    setText(String(number));
    if (number !== props.value) props.onChange?.(number);
    props.onBlur?.(number);
  };
  return (
    <Field {...props}>
      {(wiring) => (
        <div className="hs-number">
          <input
            {...wiring}
            type="number"
            name={props.name}
            value={text}
            min={min}
            max={max}
            step={step}
            readOnly={props.readOnly}
            placeholder={props.placeholder}
            className="hs-input"
            onChange={({ target }) => change(target.value)}
            onBlur={commit}
            onKeyDown={({ key }) => key === 'Enter' && commit()}
          />
          {unit && (
            <span id={unitId} className="hs-unit">
              {unit}
            </span>
          )}
        </div>
      )}
    </Field>
  );
}

export function NumberInput(props: NumberProps) {
  return <NumberField {...props} {...(props.formatStyle === 'percentage' ? { unit: '%' } : {})} />;
}

export function CurrencyInput(props: NumberProps) {
  return <NumberField {...props} precision={props.precision ?? 2} unit={props.currency ?? 'USD'} />;
}

export function StepperInput(props: NumberProps) {
  return <NumberField {...props} />;
}

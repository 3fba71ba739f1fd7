/** DateInput and TimeInput over the browser's own pickers. HubSpot counts months from 0. */
import { Field, useHeld, type FieldProps } from './field.tsx';

type BaseDate = { year: number; month: number; date: number };
type DateProps = FieldProps<BaseDate | null> & {
  min?: BaseDate;
  max?: BaseDate;
  onChange?: (value: BaseDate & { formattedDate: string }) => void;
  onBlur?: (value: BaseDate & { formattedDate: string }) => void;
};

const two = (number: number): string => String(number).padStart(2, '0');
const toText = (day: BaseDate | null | undefined): string | undefined =>
  day ? `${String(day.year).padStart(4, '0')}-${two(day.month + 1)}-${two(day.date)}` : undefined;

function fromText(text: string) {
  const [year = 0, month = 1, date = 1] = text.split('-').map(Number);
  return { year, month: month - 1, date, formattedDate: text };
}

export function DateInput(props: DateProps) {
  const [text, setText] = useHeld(toText(props.value ?? props.defaultValue), '');
  return (
    <Field {...props}>
      {(wiring) => (
        <input
          {...wiring}
          type="date"
          name={props.name}
          value={text}
          min={toText(props.min)}
          max={toText(props.max)}
          readOnly={props.readOnly}
          className="hs-input"
          onChange={({ target }) => {
            setText(target.value);
            if (target.value) props.onChange?.(fromText(target.value));
          }}
          onBlur={({ target }) => target.value && props.onBlur?.(fromText(target.value))}
        />
      )}
    </Field>
  );
}

type BaseTime = { hours: number; minutes: number };
type TimeProps = FieldProps<BaseTime | null> & { interval?: number; onChange?: (value: BaseTime) => void };

export function TimeInput({ interval, onChange, ...props }: TimeProps) {
  const given = props.value ?? props.defaultValue;
  const [text, setText] = useHeld(given ? `${two(given.hours)}:${two(given.minutes)}` : undefined, '');
  return (
    <Field {...props}>
      {(wiring) => (
        <input
          {...wiring}
          type="time"
          name={props.name}
          value={text}
          step={interval === undefined ? undefined : interval * 60}
          readOnly={props.readOnly}
          className="hs-input"
          onChange={({ target }) => {
            setText(target.value);
            const [hours, minutes] = target.value.split(':').map(Number);
            if (hours !== undefined && minutes !== undefined) onChange?.({ hours, minutes });
          }}
        />
      )}
    </Field>
  );
}

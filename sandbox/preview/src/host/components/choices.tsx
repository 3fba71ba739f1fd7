/** Select, MultiSelect, Checkbox, RadioButton, Toggle, ToggleGroup: what a reader chooses from. */
import { useId } from 'react';
import { Field, useHeld, type FieldProps } from './field.tsx';
import { classes, sizeOf, type Common } from './props.ts';

type Value = string | number | boolean;
type Option = { label: string; value: Value };

/** HubSpot's select is a searchable list; the browser's own does the same with a keyboard and a screen reader. */
export function Select({
  options = [],
  onChange,
  variant,
  ...props
}: FieldProps<Value> & { options?: Option[]; variant?: string; onChange?: (value: Value) => void }) {
  const [value, setValue] = useHeld<Value>(props.value, '');
  const at = options.findIndex((option) => option.value === value);
  return (
    <Field {...props}>
      {(wiring) => (
        <select
          {...wiring}
          name={props.name}
          disabled={props.readOnly}
          className={classes('hs-input', 'hs-select', `hs-select-${variant}`)}
          value={at}
          onChange={({ target }) => {
            const chosen = options[Number(target.value)];
            if (!chosen) return;
            setValue(chosen.value);
            onChange?.(chosen.value);
          }}
        >
          {at === -1 && <option value={-1}>{props.placeholder ?? 'Select'}</option>}
          {options.map(({ label }, index) => (
            <option key={index} value={index}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function MultiSelect({
  options = [],
  onChange,
  ...props
}: FieldProps<Value[]> & { options?: Option[]; onChange?: (value: Value[]) => void }) {
  const [chosen, setChosen] = useHeld<Value[]>(props.value, []);
  const flip = (value: Value): void => {
    const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
    setChosen(next);
    onChange?.(next);
  };
  return (
    <Field as="group" {...props}>
      {() => (
        <div className="hs-multi">
          {options.map(({ label, value }) => (
            <label key={String(value)} className="hs-choice">
              <input
                type="checkbox"
                checked={chosen.includes(value)}
                disabled={props.readOnly}
                onChange={() => flip(value)}
              />
              {label}
            </label>
          ))}
        </div>
      )}
    </Field>
  );
}

type CheckProps = Common & {
  value?: string;
  checked?: boolean;
  initialIsChecked?: boolean;
  readOnly?: boolean;
  readonly?: boolean;
  description?: string;
  name?: string;
  inline?: boolean;
  onChange?: (checked: boolean, value: string) => void;
  'aria-label'?: string;
};

function Check({ kind, children, description, testId, ...props }: CheckProps & { kind: 'checkbox' | 'radio' }) {
  const [checked, setChecked] = useHeld(props.checked ?? props.initialIsChecked, false);
  const id = useId();
  return (
    <div className={classes('hs-check', props.inline && 'hs-check-inline')} data-testid={testId}>
      <label className="hs-choice">
        <input
          type={kind}
          name={props.name}
          value={props.value}
          checked={checked}
          disabled={props.readOnly ?? props.readonly}
          aria-label={props['aria-label']}
          aria-describedby={description ? id : undefined}
          onChange={({ target }) => {
            setChecked(target.checked);
            props.onChange?.(target.checked, props.value ?? '');
          }}
        />
        <span>{children}</span>
      </label>
      {description && (
        <div id={id} className="hs-field-description">
          {description}
        </div>
      )}
    </div>
  );
}

export const Checkbox = (props: CheckProps) => <Check kind="checkbox" {...props} />;
export const RadioButton = (props: CheckProps) => <Check kind="radio" {...props} />;

type ToggleProps = Common & {
  checked?: boolean;
  initialIsChecked?: boolean;
  readOnly?: boolean;
  readonly?: boolean;
  name?: string;
  size?: string;
  label: string;
  labelDisplay?: string;
  textChecked?: string;
  textUnchecked?: string;
  onChange?: (checked: boolean) => void;
};

export function Toggle({ label, labelDisplay = 'inline', size, testId, ...props }: ToggleProps) {
  const [checked, setChecked] = useHeld(props.checked ?? props.initialIsChecked, false);
  const flip = (): void => {
    setChecked(!checked);
    props.onChange?.(!checked);
  };
  const words = checked ? props.textChecked : props.textUnchecked;
  return (
    <div className={classes('hs-toggle', `hs-toggle-${labelDisplay}`)} data-testid={testId}>
      <button
        type="button"
        role="switch"
        aria-checked={checked}
        aria-label={label}
        disabled={props.readOnly ?? props.readonly}
        className={`hs-switch hs-switch-${sizeOf(size, 'md')}`}
        onClick={flip}
      >
        <span className="hs-switch-thumb" aria-hidden="true" />
      </button>
      {words && <span className="hs-switch-words">{words}</span>}
      {labelDisplay !== 'hidden' && (
        <span
          className="hs-switch-label"
          aria-hidden="true"
          onClick={() => !(props.readOnly ?? props.readonly) && flip()}
        >
          {label}
        </span>
      )}
    </div>
  );
}

type GroupOption = {
  label: string;
  value: string;
  initialIsChecked?: boolean;
  readOnly?: boolean;
  description?: string;
};
type GroupProps = FieldProps<string[] | string> & {
  toggleType?: string;
  options?: GroupOption[];
  inline?: boolean;
  onChange?: (value: string[] | string) => void;
};

export function ToggleGroup({ toggleType = 'checkboxList', options = [], inline, onChange, ...props }: GroupProps) {
  const single = toggleType === 'radioButtonList';
  const initial = options.filter(({ initialIsChecked }) => initialIsChecked).map(({ value }) => value);
  const given = props.value === undefined ? undefined : [props.value].flat();
  const [chosen, setChosen] = useHeld<string[]>(given ?? (initial.length > 0 ? initial : undefined), []);
  const group = useId();
  const choose = (value: string): void => {
    const next = single ? [value] : chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
    setChosen(next);
    onChange?.(single ? value : next);
  };
  return (
    <Field as="group" {...props}>
      {() => (
        <div className={classes('hs-group', inline && 'hs-group-inline')}>
          {options.map(({ label, value, description, readOnly }) => (
            <div key={value}>
              <label className="hs-choice">
                <input
                  type={single ? 'radio' : 'checkbox'}
                  name={`${props.name ?? ''}${group}`}
                  checked={chosen.includes(value)}
                  disabled={readOnly ?? props.readOnly}
                  onChange={() => choose(value)}
                />
                <span>{label}</span>
              </label>
              {description && <div className="hs-field-description">{description}</div>}
            </div>
          ))}
        </div>
      )}
    </Field>
  );
}

/** Button, LoadingButton, ButtonRow, Link, Tag, StatusTag and Dropdown: what a reader presses. */
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useOpener } from '../overlays.tsx';
import { classes, safeHref, sizeOf, type Common, type Href } from './props.ts';

type Handler = (event: object, reactions: object) => void;
type Pressed = Common & { onClick?: Handler; overlay?: ReactNode; href?: Href; disabled?: boolean };
type ButtonProps = Pressed & {
  variant?: string;
  type?: 'button' | 'reset' | 'submit';
  size?: string;
  loading?: boolean;
};

export function Button({ variant = 'secondary', type = 'button', size, loading, children, ...props }: ButtonProps) {
  const { shown, open, reactions } = useOpener(props.overlay);
  const look = classes('hs-button', `hs-button-${variant}`, `hs-button-${sizeOf(size, 'md')}`);
  const link = safeHref(props.href);
  const press = (): void => {
    props.onClick?.({}, reactions);
    open();
  };
  if (link && !props.disabled)
    return (
      <a className={look} data-testid={props.testId} {...link} onClick={press}>
        {children}
      </a>
    );
  return (
    <>
      <button
        type={type}
        className={look}
        data-testid={props.testId}
        disabled={props.disabled}
        aria-busy={loading || undefined}
        aria-disabled={loading || undefined}
        onClick={(event) => {
          // A button that is at work stays in the tab order, and does nothing.
          if (loading) event.preventDefault();
          else press();
        }}
      >
        {loading && <span className="hs-spinner hs-spinner-xs" aria-hidden="true" />}
        {children}
      </button>
      {shown}
    </>
  );
}

export function ButtonRow({ children, testId }: Common) {
  return (
    <div className="hs-button-row" data-testid={testId}>
      {children}
    </div>
  );
}

export function Link({
  children,
  variant = 'primary',
  testId,
  ...props
}: Pressed & { variant?: string; preventDefault?: boolean }) {
  const { shown, open, reactions } = useOpener(props.overlay);
  const link = safeHref(props.href);
  const press = (): void => {
    props.onClick?.({}, reactions);
    open();
  };
  const look = classes('hs-link', `hs-link-${variant}`);
  if (!link || props.preventDefault || props.overlay)
    return (
      <>
        <button type="button" className={look} data-testid={testId} onClick={press}>
          {children}
        </button>
        {shown}
      </>
    );
  return (
    <a className={look} data-testid={testId} {...link} onClick={press}>
      {children}
      {link.target && <span className="hs-hidden"> (opens in a new tab)</span>}
    </a>
  );
}

export function Tag({ children, variant = 'default', onClick, overlay, testId }: Pressed & { variant?: string }) {
  const { shown, open, reactions } = useOpener(overlay);
  const look = classes('hs-tag', `hs-tone-${variant}`);
  if (!onClick && !overlay)
    return (
      <span className={look} data-testid={testId}>
        {children}
      </span>
    );
  const press = (): void => {
    onClick?.({}, reactions);
    open();
  };
  return (
    <>
      <button type="button" className={look} data-testid={testId} onClick={press}>
        {children}
      </button>
      {shown}
    </>
  );
}

type StatusProps = Common & {
  variant?: string;
  hollow?: boolean;
  onClick?: () => void;
  showRemoveIcon?: boolean;
  onRemoveClick?: () => void;
};

export function StatusTag({ variant = 'default', hollow, children, testId, ...props }: StatusProps) {
  const label = (
    <>
      <span className={classes('hs-dot', hollow && 'hs-dot-hollow')} aria-hidden="true" />
      {children}
    </>
  );
  return (
    <span className={classes('hs-status', `hs-tone-${variant}`)} data-testid={testId}>
      {props.onClick ? (
        <button type="button" className="hs-plain" onClick={() => props.onClick?.()}>
          {label}
        </button>
      ) : (
        label
      )}
      {props.showRemoveIcon && (
        <button type="button" className="hs-plain" aria-label="Remove" onClick={() => props.onRemoveClick?.()}>
          ×
        </button>
      )}
    </span>
  );
}

type DropdownProps = Common & {
  options?: { label: string; onClick?: () => void }[];
  variant?: string;
  buttonText?: string;
  buttonSize?: string;
  disabled?: boolean;
};

/** A menu button: arrows walk, Escape closes and gives the focus back. */
export function Dropdown({ options = [], variant = 'secondary', buttonText = 'Actions', ...props }: DropdownProps) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const items = () => [...(box.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  const close = (): void => {
    setOpen(false);
    box.current?.querySelector('button')?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape' && open) close();
    if (step === undefined) return;
    event.preventDefault();
    if (!open) setOpen(true);
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    all.at((at + step + all.length) % Math.max(1, all.length))?.focus();
  };
  return (
    <div
      className="hs-dropdown"
      ref={box}
      onKeyDown={onKeyDown}
      data-testid={props.testId}
      onBlur={({ relatedTarget }) => !box.current?.contains(relatedTarget) && setOpen(false)}
    >
      <button
        type="button"
        className={classes('hs-button', `hs-button-${variant}`, `hs-button-${sizeOf(props.buttonSize, 'md')}`)}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        disabled={props.disabled}
        onClick={() => setOpen(!open)}
      >
        {buttonText} <span aria-hidden="true">▾</span>
      </button>
      {open && (
        <div role="menu" id={id} className="hs-menu" onClick={close}>
          {options.map(({ label, onClick }) => (
            <button key={label} type="button" role="menuitem" onClick={() => onClick?.()}>
              {label}
            </button>
          ))}
          {props.children}
        </div>
      )}
    </div>
  );
}

export function DropdownButtonItem({ children, onClick, testId }: Pressed) {
  const { reactions } = useOpener(null);
  return (
    <button type="button" role="menuitem" data-testid={testId} onClick={() => onClick?.({}, reactions)}>
      {children}
    </button>
  );
}

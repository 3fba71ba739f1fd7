// Buttons, and links that look like them. While something is under way the button says so and cannot be pressed again.
import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps, ReactNode } from 'react';
import { Link, type LinkProps } from 'react-router';
import { Icon, type IconName } from './Icon.tsx';

const look = cva(
  'inline-flex items-center justify-center gap-1.5 rounded-lg font-medium whitespace-nowrap transition-colors select-none disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:opacity-55',
  {
    variants: {
      tone: {
        primary: 'bg-accent text-on-accent hover:bg-accent-strong',
        plain: 'border border-line-strong/60 bg-surface text-ink hover:bg-sunken',
        quiet: 'text-muted hover:bg-sunken hover:text-ink',
        danger: 'border border-bad/50 bg-surface text-bad hover:bg-bad-soft',
      },
      size: {
        normal: 'min-h-9 px-3.5 text-sm max-sm:min-h-10',
        small: 'min-h-8 px-2.5 text-[0.8125rem]',
        icon: 'size-8 max-sm:size-10',
      },
    },
    defaultVariants: { tone: 'plain', size: 'normal' },
  },
);

type Look = VariantProps<typeof look>;

interface ButtonProps extends Omit<ComponentProps<'button'>, 'size'>, Look {
  icon?: IconName;
  busy?: boolean | undefined;
}

export function Button({ tone, size, icon, busy = false, className, children, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
      className={look({ tone, size, className })}
    >
      {busy ? <Spinner /> : icon && <Icon name={icon} size={16} />}
      {children}
    </button>
  );
}

/** A button with an icon only: its name is for screen readers and for the tip on hover. */
export function IconButton({ name, ...rest }: Omit<ButtonProps, 'children'> & { name: string; icon: IconName }) {
  return <Button size="icon" tone="quiet" {...rest} aria-label={name} title={name} />;
}

interface ButtonLinkProps extends LinkProps, Look {
  icon?: IconName;
  children: ReactNode;
}

export function ButtonLink({ tone, size, icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link {...rest} className={look({ tone, size, className })}>
      {icon && <Icon name={icon} size={16} />}
      {children}
    </Link>
  );
}

/** For addresses outside of the console: what the server answers itself, and HubSpot. */
export function ButtonAnchor({
  tone,
  size,
  icon,
  className,
  children,
  ...rest
}: ComponentProps<'a'> & Look & { icon?: IconName }) {
  return (
    <a {...rest} className={look({ tone, size, className })}>
      {icon && <Icon name={icon} size={16} />}
      {children}
    </a>
  );
}

function Spinner() {
  return (
    <svg viewBox="0 0 24 24" width={16} height={16} aria-hidden="true" className="animate-spin">
      <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" strokeWidth="3" opacity="0.3" />
      <path d="M21 12a9 9 0 0 0-9-9" fill="none" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
    </svg>
  );
}

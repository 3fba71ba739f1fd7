// Something to know before going on, with what to do about it.
import type { ReactNode } from 'react';
import type { Tone } from './Badge.tsx';
import { Icon } from './Icon.tsx';

const looks: Record<Exclude<Tone, 'neutral' | 'accent'>, string> = {
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  info: 'bg-info-soft text-info',
};

interface CalloutProps {
  tone?: keyof typeof looks;
  title?: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** Read out at once, for what appears after an action. */
  announce?: boolean;
}

export function Callout({ tone = 'info', title, children, actions, announce = false }: CalloutProps) {
  return (
    <div
      className={`flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg px-3.5 py-3 ${looks[tone]}`}
      role={announce ? 'alert' : undefined}
    >
      <Icon name={tone === 'good' ? 'check' : tone === 'info' ? 'info' : 'warn'} size={18} className="mt-0.5" />
      <div className="min-w-0 flex-1 basis-56">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className="text-ink">{children}</div>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}

/** Alert, EmptyState, ErrorState, LoadingSpinner, ProgressBar, StepIndicator, ScoreCircle, Illustration: how things stand. */
import { useId } from 'react';
import { classes, sizeOf, type Common } from './props.ts';
import { Icon } from './texts.tsx';

const alertIcons: Record<string, string> = {
  success: 'success',
  warning: 'warning',
  danger: 'warning',
  error: 'warning',
};

export function Alert({ title, variant = 'info', children, testId }: Common & { title: string; variant?: string }) {
  const urgent = variant === 'danger' || variant === 'error';
  return (
    <div className={classes('hs-alert', `hs-tone-${variant}`)} role={urgent ? 'alert' : 'status'} data-testid={testId}>
      <Icon name={alertIcons[variant] ?? 'info'} />
      <div>
        <strong>{title}</strong>
        {children && <div className="hs-alert-body">{children}</div>}
      </div>
    </div>
  );
}

/** A drawing in place of HubSpot's illustrations. */
function Drawing({ kind, width = 120 }: { kind: 'empty' | 'error'; width?: number }) {
  return (
    <svg className="hs-drawing" viewBox="0 0 120 80" width={width} aria-hidden="true">
      <rect x="14" y="10" width="92" height="60" rx="8" className="hs-drawing-sheet" />
      {kind === 'empty' ? (
        <>
          <path d="M26 58h68M34 58V44h10v14M54 58V34h10v24M74 58V48h10v10" className="hs-drawing-line" />
          <circle cx="84" cy="28" r="7" className="hs-drawing-spot" />
        </>
      ) : (
        <path d="M60 24v22M60 53v5" className="hs-drawing-line hs-drawing-alarm" />
      )}
    </svg>
  );
}

type StateProps = Common & { title?: string; layout?: string; flush?: boolean; imageWidth?: number; type?: string };

export function EmptyState({
  title = 'Nothing here yet',
  layout = 'horizontal',
  imageWidth,
  children,
  testId,
}: StateProps) {
  return (
    <section className={classes('hs-state', `hs-state-${layout}`)} data-testid={testId}>
      <div>
        <h3>{title}</h3>
        {children}
      </div>
      <Drawing kind="empty" {...(imageWidth === undefined ? {} : { width: Math.min(imageWidth, 180) })} />
    </section>
  );
}

export function ErrorState({ title = 'Something went wrong', type = 'error', children, testId }: StateProps) {
  return (
    <section className="hs-state hs-state-vertical" role="alert" data-kind={type} data-testid={testId}>
      <div>
        <h3>{title}</h3>
        {children}
      </div>
      <Drawing kind="error" />
    </section>
  );
}

export function Illustration({ alt, width = 120 }: { alt: string; width?: number }) {
  return (
    <span role="img" aria-label={alt}>
      <Drawing kind="empty" width={width} />
    </span>
  );
}

type SpinnerProps = Common & { label: string; showLabel?: boolean; size?: string; layout?: string };

export function LoadingSpinner({ label, showLabel, size, layout = 'inline', testId }: SpinnerProps) {
  return (
    <div role="status" className={classes('hs-loading', `hs-loading-${layout}`)} data-testid={testId}>
      <span className={`hs-spinner hs-spinner-${sizeOf(size, 'sm')}`} aria-hidden="true" />
      <span className={showLabel ? '' : 'hs-hidden'}>{label}</span>
    </div>
  );
}

type ProgressProps = Common & {
  title?: string;
  'aria-label'?: string;
  showPercentage?: boolean;
  value?: number;
  maxValue?: number;
  valueMax?: number;
  valueDescription?: string;
  variant?: string;
};

export function ProgressBar({ title, value = 0, variant = 'default', testId, ...props }: ProgressProps) {
  const id = useId();
  const max = props.maxValue ?? props.valueMax ?? 100;
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  const words = props.valueDescription ?? (props.showPercentage ? `${Math.round(share * 100)} %` : '');
  const name = title ? { 'aria-labelledby': id } : { 'aria-label': props['aria-label'] ?? 'Progress' };
  return (
    <div className="hs-progress" data-testid={testId}>
      {(title || words) && (
        <div className="hs-progress-words">
          <span id={id}>{title}</span>
          <span>{words}</span>
        </div>
      )}
      <div
        className="hs-progress-bar"
        role="progressbar"
        aria-valuenow={value}
        aria-valuemin={0}
        aria-valuemax={max}
        {...(words ? { 'aria-valuetext': words } : {})}
        {...name}
      >
        <div className={`hs-progress-fill hs-fill-${variant}`} style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}

type StepProps = Common & {
  stepNames: string[];
  currentStep?: number;
  direction?: string;
  onClick?: (index: number) => void;
};

export function StepIndicator({ stepNames, currentStep = 0, direction = 'horizontal', onClick, testId }: StepProps) {
  const stateOf = (index: number) => (index < currentStep ? 'done' : index === currentStep ? 'current' : 'coming');
  return (
    <ol className={classes('hs-steps', `hs-steps-${direction}`)} data-testid={testId}>
      {stepNames.map((name, index) => (
        <li
          key={name}
          className={`hs-step-${stateOf(index)}`}
          aria-current={index === currentStep ? 'step' : undefined}
        >
          {onClick ? (
            <button type="button" className="hs-plain" onClick={() => onClick(index)}>
              {name}
            </button>
          ) : (
            name
          )}
        </li>
      ))}
    </ol>
  );
}

export function ScoreCircle({ score }: { score: number }) {
  const tone = score < 33 ? 'danger' : score < 67 ? 'warning' : 'success';
  return (
    <svg className={`hs-score hs-score-${tone}`} viewBox="0 0 36 36" role="img" aria-label={`Score ${score} of 100`}>
      <circle cx="18" cy="18" r="15.900" className="hs-score-track" />
      <circle cx="18" cy="18" r="15.900" pathLength="100" strokeDasharray={`${score} 100`} className="hs-score-arc" />
      <text x="18" y="21.500" textAnchor="middle">
        {score}
      </text>
    </svg>
  );
}

/** Flex, Box, AutoGrid, Inline, Divider, Spacer, Tile, Card, Accordion: where things stand. */
import { useEffect, useState } from 'react';
import { classes, sizeOf, type Common } from './props.ts';

type FlexProps = Common & {
  direction?: string;
  gap?: string;
  justify?: string;
  align?: string;
  alignSelf?: string;
  wrap?: boolean | string;
};

const gapClass = (gap: string | undefined, fallback: string): string => `hs-gap-${sizeOf(gap, fallback)}`;

export function Flex({ direction = 'row', gap, justify, align, alignSelf, wrap, children, testId }: FlexProps) {
  const look = classes(
    'hs-flex',
    `hs-${direction}`,
    gapClass(gap, 'flush'),
    `hs-justify-${justify}`,
    `hs-align-${align}`,
    `hs-self-${alignSelf}`,
    (wrap === true || wrap === 'wrap') && 'hs-wrap',
  );
  return (
    <div className={look} data-testid={testId}>
      {children}
    </div>
  );
}

export function Box({ flex, alignSelf, children, testId }: Common & { flex?: string | number; alignSelf?: string }) {
  const grow = flex === undefined || flex === 'initial' ? {} : { style: { flex: String(flex) } };
  return (
    <div className={classes('hs-box', `hs-self-${alignSelf}`)} {...grow} data-testid={testId}>
      {children}
    </div>
  );
}

export function Inline({ gap, justify, align = 'center', children, testId }: FlexProps) {
  return (
    <div
      className={classes('hs-inline', gapClass(gap, 'sm'), `hs-justify-${justify}`, `hs-align-${align}`)}
      data-testid={testId}
    >
      {children}
    </div>
  );
}

export function AutoGrid({
  columnWidth,
  gap,
  flexible,
  children,
  testId,
}: Common & { columnWidth: number; gap?: string; flexible?: boolean }) {
  const column = `minmax(min(100%, ${columnWidth}px), ${flexible ? '1fr' : `${columnWidth}px`})`;
  return (
    <div
      className={classes('hs-grid', gapClass(gap, 'sm'))}
      style={{ gridTemplateColumns: `repeat(auto-fill, ${column})` }}
      data-testid={testId}
    >
      {children}
    </div>
  );
}

export function Divider({ distance }: { distance?: string }) {
  return <hr className={classes('hs-divider', `hs-distance-${sizeOf(distance, 'flush')}`)} />;
}

export function Spacer({ height, direction }: { height?: string; direction?: string }) {
  return (
    <div aria-hidden="true" className={classes('hs-spacer', `hs-spacer-${sizeOf(height, 'md')}`, `hs-${direction}`)} />
  );
}

export function Tile({ compact, flush, children, testId }: Common & { compact?: boolean; flush?: boolean }) {
  return (
    <div className={classes('hs-tile', compact && 'hs-tile-compact', flush && 'hs-tile-flush')} data-testid={testId}>
      {children}
    </div>
  );
}

type AccordionProps = Common & {
  title: string;
  defaultOpen?: boolean;
  open?: boolean;
  disabled?: boolean;
  size?: string;
  onClick?: () => void;
};

export function Accordion({ title, defaultOpen = false, disabled, size, children, testId, ...props }: AccordionProps) {
  const [open, setOpen] = useState(props.open ?? defaultOpen);
  useEffect(() => {
    if (props.open !== undefined) setOpen(props.open);
  }, [props.open]);
  return (
    <section className={classes('hs-accordion', `hs-accordion-${sizeOf(size, 'md')}`)} data-testid={testId}>
      <button
        type="button"
        className="hs-accordion-title"
        aria-expanded={open}
        disabled={disabled}
        onClick={() => {
          if (props.open === undefined) setOpen(!open);
          props.onClick?.();
        }}
      >
        <span className="hs-chevron" aria-hidden="true" />
        {title}
      </button>
      {open && <div className="hs-accordion-body">{children}</div>}
    </section>
  );
}

/** Text, Heading, List, DescriptionList, Image, Icon, Tooltip: what a reader reads. */
import { Children, useId, useState } from 'react';
import { iconPaths } from './icon-paths.ts';
import { classes, safeHref, sizeOf, type Common, type Href } from './props.ts';

type Format = { fontWeight?: string; italic?: boolean; lineDecoration?: string; textTransform?: string };
type TextProps = Common & {
  variant?: string;
  inline?: boolean;
  format?: Format;
  truncate?: boolean | { maxWidth?: number; tooltipText?: string };
};

export function Text({ variant = 'bodytext', inline, format = {}, truncate, children, testId }: TextProps) {
  const Element = inline ? 'span' : 'div';
  const cut = typeof truncate === 'object' ? truncate : {};
  const look = classes(
    'hs-text',
    `hs-${variant}`,
    `hs-weight-${format.fontWeight}`,
    format.italic && 'hs-italic',
    `hs-line-${format.lineDecoration}`,
    `hs-case-${format.textTransform}`,
    Boolean(truncate) && 'hs-truncate',
  );
  return (
    <Element
      className={look}
      title={cut.tooltipText}
      style={cut.maxWidth === undefined ? undefined : { maxWidth: cut.maxWidth }}
      data-testid={testId}
    >
      {children}
    </Element>
  );
}

export function Heading({ inline, children, testId }: Common & { inline?: boolean }) {
  return (
    <h3 className={classes('hs-heading', inline && 'hs-heading-inline')} data-testid={testId}>
      {children}
    </h3>
  );
}

export function List({ variant = 'unordered', children, testId }: Common & { variant?: string }) {
  const Element = variant.startsWith('ordered') ? 'ol' : 'ul';
  return (
    <Element className={classes('hs-list', `hs-list-${variant}`)} data-testid={testId}>
      {Children.map(children, (child) => (
        <li>{child}</li>
      ))}
    </Element>
  );
}

export function DescriptionList({ direction = 'column', children, testId }: Common & { direction?: string }) {
  return (
    <dl className={classes('hs-descriptions', `hs-descriptions-${direction}`)} data-testid={testId}>
      {children}
    </dl>
  );
}

export function DescriptionListItem({ label, children, testId }: Common & { label: string }) {
  return (
    <div data-testid={testId}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

type ImageProps = Common & {
  src: string;
  alt?: string;
  width?: number;
  height?: number;
  href?: Href;
  onClick?: () => void;
};

export function Image({ src, alt = '', width, height, href, onClick, testId }: ImageProps) {
  const image = <img className="hs-image" src={src} alt={alt} width={width} height={height} data-testid={testId} />;
  const link = safeHref(href);
  if (link) return <a {...link}>{image}</a>;
  if (!onClick) return image;
  return (
    <button type="button" className="hs-plain" onClick={() => onClick()}>
      {image}
    </button>
  );
}

type IconProps = { name: string; color?: string; size?: string; screenReaderText?: string };

export function Icon({ name, color = 'inherit', size, screenReaderText }: IconProps) {
  const named = screenReaderText ? { role: 'img', 'aria-label': screenReaderText } : { 'aria-hidden': true };
  return (
    <svg
      className={classes('hs-icon', `hs-icon-${sizeOf(size, 'sm')}`, `hs-icon-${color}`)}
      viewBox="0 0 16 16"
      data-icon={name}
      {...named}
    >
      <path d={iconPaths[name] ?? iconPaths['record']} />
    </svg>
  );
}

/** HubSpot opens a tooltip beside what it wraps; here it hangs on hover and focus, and is always in the description. */
export function Tooltip({ children, placement = 'top' }: Common & { placement?: string }) {
  const id = useId();
  const [shown, setShown] = useState(false);
  return (
    <span className="hs-tooltip-anchor" onMouseEnter={() => setShown(true)} onMouseLeave={() => setShown(false)}>
      <span role="tooltip" id={id} className={classes('hs-tooltip', `hs-tooltip-${placement}`)} hidden={!shown}>
        {children}
      </span>
    </span>
  );
}

// The icons, drawn here so that nothing is fetched. Always beside words or inside something that is named: hidden from screen readers.
const shapes = {
  overview: 'M4 13h6V4H4zM14 20h6v-9h-6zM4 20h6v-4H4zM14 8h6V4h-6z',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1',
  plug: 'M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4',
  map: 'M4 7h6M14 7h6M4 17h6M14 17h6M10 7c4 0 0 10 4 10M10 17c4 0 0-10 4-10',
  rules: 'M5 4v6a4 4 0 0 0 4 4h10M15 10l4 4-4 4M5 20v-2',
  log: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M14 7a2 2 0 1 0 4 0 2 2 0 1 0-4 0M6 17a2 2 0 1 0 4 0 2 2 0 1 0-4 0',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6L6 18',
  plus: 'M12 5v14M5 12h14',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 1 0 0-14M16.2 16.2L20 20',
  copy: 'M9 9h10v11H9zM15 9V4H5v11h4',
  check: 'M5 13l4 4L19 7',
  qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18v2',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  archive: 'M4 5h16v4H4zM6 9v10h12V9M10 13h4',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  upload: 'M12 16V5M7 9l5-5 5 5M4 19h16',
  download: 'M12 4v11M7 11l5 5 5-5M4 20h16',
  warn: 'M12 4l9 16H3zM12 10v4M12 17h.01',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18M12 11v5M12 8h.01',
  arrow: 'M5 12h14M13 6l6 6-6 6',
  back: 'M19 12H5M11 6l-6 6 6 6',
  down: 'M6 9l6 6 6-6',
  external: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  lock: 'M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3',
  key: 'M8 11a4 4 0 1 0 0 8 4 4 0 1 0 0-8M11 12l8-8M16 7l3 3',
  people: 'M9 5a3 3 0 1 0 0 6 3 3 0 1 0 0-6M3 20a6 6 0 0 1 12 0M16 6a3 3 0 0 1 0 5.5M18 14.5a6 6 0 0 1 3 5.5',
  pause: 'M8 5v14M16 5v14',
  play: 'M7 5l11 7-11 7z',
  refresh: 'M20 11a8 8 0 0 0-14.5-4L4 9M4 4v5h5M4 13a8 8 0 0 0 14.5 4L20 15M20 20v-5h-5',
  grip: 'M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01',
  undo: 'M4 9h10a5 5 0 0 1 0 10H8M8 5L4 9l4 4',
  signOut: 'M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9',
  dot: 'M12 10a2 2 0 1 0 0 4 2 2 0 1 0 0-4',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18M12 7v5l3 2',
  filter: 'M4 5h16l-6 8v6l-4-2v-4z',
} as const;

export type IconName = keyof typeof shapes;

/** Drawn by dots, which need more ink. */
const dotted = new Set<IconName>(['more', 'grip']);

export function Icon({ name, size = 18, className = '' }: { name: IconName; size?: number; className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={dotted.has(name) ? 2.6 : 1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={`shrink-0 ${className}`}
    >
      <path d={shapes[name]} />
    </svg>
  );
}

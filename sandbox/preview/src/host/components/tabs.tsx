/** Tabs: arrows walk, Home and End jump, and only the chosen panel is there. */
import { createContext, useContext, useEffect, useId, useState, type KeyboardEvent } from 'react';
import { classes, type Common } from './props.ts';

type TabId = string | number;
type Known = { key: string; id: TabId; title: string; disabled: boolean };
type TabsContext = { selected: TabId | undefined; prefix: string; register: (tab: Known) => () => void };

const Context = createContext<TabsContext | null>(null);

type TabsProps = Common & {
  selected?: TabId;
  defaultSelected?: TabId;
  variant?: string;
  fill?: boolean;
  onSelectedChange?: (id: TabId) => void;
};

export function Tabs({ variant = 'default', fill, children, testId, ...props }: TabsProps) {
  const prefix = useId();
  const [tabs, setTabs] = useState<Known[]>([]);
  const [own, setOwn] = useState(props.defaultSelected);
  const selected = props.selected ?? own ?? tabs[0]?.id;
  const register = (tab: Known) => {
    setTabs((all) => [...all.filter(({ key }) => key !== tab.key), tab].sort((a, b) => a.key.localeCompare(b.key)));
    return () => setTabs((all) => all.filter(({ key }) => key !== tab.key));
  };
  const choose = (id: TabId): void => {
    setOwn(id);
    props.onSelectedChange?.(id);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const open = tabs.filter(({ disabled }) => !disabled);
    const at = open.findIndex(({ id }) => id === selected);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: open.length - 1 }[event.key];
    const next = to === undefined ? undefined : open[(to + open.length) % open.length];
    if (!next) return;
    event.preventDefault();
    choose(next.id);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${CSS.escape(String(next.id))}"]`)?.focus();
  };
  return (
    <div className={classes('hs-tabs', `hs-tabs-${variant}`, fill && 'hs-tabs-fill')} data-testid={testId}>
      <div role="tablist" className="hs-tablist" onKeyDown={onKeyDown}>
        {tabs.map(({ id, title, disabled }) => (
          <button
            key={id}
            type="button"
            role="tab"
            data-tab={id}
            id={`${prefix}-tab-${id}`}
            aria-selected={id === selected}
            aria-controls={`${prefix}-panel-${id}`}
            tabIndex={id === selected ? 0 : -1}
            disabled={disabled}
            onClick={() => choose(id)}
          >
            {title}
          </button>
        ))}
      </div>
      <Context.Provider value={{ selected, prefix, register }}>{children}</Context.Provider>
    </div>
  );
}

/** Remote children arrive in order; a counter over mounting keeps that order in the list of tabs. */
let mounted = 0;

export function Tab({
  tabId,
  title = '',
  disabled = false,
  children,
}: Common & { tabId?: TabId; title?: string; disabled?: boolean }) {
  const tabs = useContext(Context);
  const fallback = useId();
  const [key] = useState(() => String(mounted++).padStart(9, '0'));
  const id = tabId ?? fallback;
  useEffect(() => tabs?.register({ key, id, title, disabled }), [key, id, title, disabled]);
  if (!tabs) return null;
  return (
    <div
      role="tabpanel"
      id={`${tabs.prefix}-panel-${id}`}
      aria-labelledby={`${tabs.prefix}-tab-${id}`}
      hidden={tabs.selected !== id}
      className="hs-tabpanel"
    >
      {children}
    </div>
  );
}

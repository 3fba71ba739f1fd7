/** The names an extension may render, and what stands for each here. A name that is missing becomes a labelled box, never an error. */
import { createController } from '@remote-ui/react/host';
import type { ComponentType } from 'react';
import * as buttons from './buttons.tsx';
import * as charts from './charts.tsx';
import * as choices from './choices.tsx';
import * as dates from './dates.tsx';
import * as feedback from './feedback.tsx';
import { Form } from './form.tsx';
import * as inputs from './inputs.tsx';
import * as layout from './layout.tsx';
import * as pageParts from './page-parts.tsx';
import type { Common } from './props.ts';
import * as statistics from './statistics.tsx';
import * as tables from './tables.tsx';
import { Tab, Tabs } from './tabs.tsx';
import * as texts from './texts.tsx';
import * as windows from './windows.tsx';

type Known = Record<string, ComponentType<never>>;

const { Modal, Panel, PanelSection, WindowBody, WindowFooter } = windows;
const { PageRouterContext: _context, toPath: _toPath, ...pages } = pageParts;

const known: Known = {
  ...buttons,
  LoadingButton: buttons.Button,
  ...charts,
  ...choices,
  ...dates,
  ...feedback,
  Form,
  ...inputs,
  Textarea: inputs.TextArea,
  ...layout,
  Card: layout.Tile,
  Stack: layout.Flex,
  ...pages,
  PageHeaderPageLink: pageParts.PageLink,
  PageBreadcrumbsPageLink: pageParts.PageLink,
  ...statistics,
  ...tables,
  Tab,
  Tabs,
  ...texts,
  Modal,
  ModalBody: WindowBody,
  ModalFooter: WindowFooter,
  Panel,
  PanelBody: WindowBody,
  PanelFooter: WindowFooter,
  PanelSection,
};

/** Shows what is inside, and says that the frame around it is not drawn here. */
const makeFallback = (name: string) =>
  function Fallback({ children }: Common) {
    return (
      <section className="hs-fallback" aria-label={`${name} is not drawn in the preview`}>
        <p>{name} (not in the preview)</p>
        {children}
      </section>
    );
  };

export function makeController() {
  const fallbacks = new Map<string, ComponentType<never>>();
  const controller = createController({});
  const get = (name: string): ComponentType<never> => {
    const component = known[name] ?? fallbacks.get(name) ?? makeFallback(name);
    if (!(name in known)) fallbacks.set(name, component);
    return component;
  };
  return { ...controller, get } as ReturnType<typeof createController>;
}

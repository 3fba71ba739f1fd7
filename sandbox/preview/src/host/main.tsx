/** Brings the page to life: every place that carries an extension gets it, and the switches take effect as they are changed. */
import { createRoot } from 'react-dom/client';
import type { ExtensionConfig } from '../protocol.ts';
import { Alerts } from './alerts.tsx';
import { Extension } from './extension.tsx';

for (const place of document.querySelectorAll<HTMLElement>('[data-extension]')) {
  const config = JSON.parse(place.dataset['extension'] ?? '{}') as ExtensionConfig;
  createRoot(place).render(<Extension config={config} />);
}

const alerts = document.createElement('div');
document.body.append(alerts);
createRoot(alerts).render(<Alerts />);

// A handler that throws in the extension rejects here as well. The worker has told its author; the page has nothing to add.
addEventListener('unhandledrejection', (event) => event.preventDefault());

const switches = document.querySelector<HTMLFormElement>('form[data-switches]');
switches?.addEventListener('change', () => switches.requestSubmit());
// It is for readers without this script.
switches?.querySelector('button')?.remove();

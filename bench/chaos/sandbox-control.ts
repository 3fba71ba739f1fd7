// The sandbox's control API over HTTP, typed by the functions behind it.
import type { Control } from '../../sandbox/control/control.ts';

export interface SandboxControl {
  url: string;
  seed(input: Parameters<Control['seed']>[0]): Promise<void>;
  setSwitches(change: Parameters<Control['setSwitches']>[0]): Promise<void>;
  addFault(fault: Parameters<Control['addFault']>[0]): Promise<void>;
  clearFaults(): Promise<void>;
  clearLog(): Promise<void>;
  counts(): Promise<ReturnType<Control['counts']>>;
  dump(portalId: number): Promise<ReturnType<Control['dump']>>;
}

export function makeSandboxControl(url: string): SandboxControl {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const reply = await fetch(`${url}/sandbox/control${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!reply.ok) throw new Error(`The sandbox answered ${reply.status} to ${method} ${path}: ${await reply.text()}`);
    return (reply.status === 204 ? undefined : await reply.json()) as T;
  }
  return {
    url,
    seed: (input) => call('POST', '/seed', input),
    setSwitches: (change) => call('PATCH', '/switches', change),
    addFault: (fault) => call('POST', '/faults', fault),
    clearFaults: () => call('DELETE', '/faults'),
    clearLog: () => call('DELETE', '/log'),
    counts: () => call('GET', '/counts'),
    dump: (portalId) => call('GET', `/portals/${portalId}`),
  };
}

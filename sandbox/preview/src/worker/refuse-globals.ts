/**
 * Takes away from the extension what HubSpot's worker does not offer either. The worker's own content policy is the wall
 * (it allows no connection at all); this gives the author a message that says what to use instead.
 */
const instead: Record<string, string> = {
  fetch: 'Use hubspot.fetch().',
  XMLHttpRequest: 'Use hubspot.fetch().',
  WebSocket: 'Extensions have no sockets.',
  EventSource: 'Extensions have no event streams.',
  WebTransport: 'Extensions have no sockets.',
  Worker: 'Extensions start no workers.',
  SharedWorker: 'Extensions start no workers.',
  BroadcastChannel: 'Extensions talk to nobody but HubSpot.',
  indexedDB: 'Extensions have no browser storage.',
  caches: 'Extensions have no browser storage.',
  importScripts: 'An extension is one script.',
};

export function refuseGlobals(): void {
  for (const [name, hint] of Object.entries(instead)) {
    // Not an arrow: `new WebSocket()` must get the same message.
    const refuse = function (): never {
      throw new Error(`${name} does not exist in a HubSpot extension. ${hint}`);
    };
    Object.defineProperty(self, name, { value: refuse, configurable: false, writable: false });
  }
}

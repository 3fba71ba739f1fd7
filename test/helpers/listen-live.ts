// A live stream over real HTTP: what it has said so far.

export interface LiveMessage {
  id: string | undefined;
  event: string;
  data: {
    id?: string;
    event_id?: string;
    state?: string;
    resumed?: boolean;
    reason?: string;
    created?: number;
  };
}

export async function listenLive(serverUrl: string, headers: Record<string, string>) {
  const ending = new AbortController();
  const response = await fetch(`${serverUrl}/v1/live`, { headers, signal: ending.signal });
  const events: LiveMessage[] = [];
  const state = { ended: false };
  const read = async () => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields = new Map(
          block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
        );
        const data = fields.get('data');
        if (data !== undefined)
          events.push({ id: fields.get('id'), event: fields.get('event') ?? '', data: JSON.parse(data) });
      }
    }
  };
  read()
    .catch(() => undefined)
    .finally(() => {
      state.ended = true;
    });
  return { status: response.status, headers: response.headers, events, state, stop: () => ending.abort() };
}

// @microsoft/fetch-event-source is made for browsers: it wants a window, and to be told to come back
// after a stream that ended in order.
import { fetchEventSource } from '@microsoft/fetch-event-source';

globalThis.window = globalThis;
const done = new AbortController();
await fetchEventSource(process.argv[2], {
  openWhenHidden: true,
  signal: done.signal,
  onmessage({ id, data }) {
    console.log(JSON.stringify({ id, data }));
    if (data === 'end') done.abort();
  },
  onclose() {
    throw new Error('it ended; come back');
  },
  onerror() {
    return 300;
  },
});

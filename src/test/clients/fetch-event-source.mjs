// @microsoft/fetch-event-source is made for browsers: it wants a window, and to be told to come back
// after a stream that ended in order.
import { fetchEventSource } from '@microsoft/fetch-event-source';

globalThis.window = globalThis;
const [, , stream, token] = process.argv;
await fetchEventSource(stream, {
  headers: token ? { Authorization: `Bearer ${token}` } : {},
  openWhenHidden: true,
  onmessage({ id, data }) {
    console.log(JSON.stringify({ id, data }));
    if (data === 'end') process.exit();
  },
  onclose() {
    throw new Error('it ended; come back');
  },
  onerror() {
    return 300;
  },
});

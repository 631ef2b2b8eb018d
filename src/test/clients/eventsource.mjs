// npm eventsource: the EventSource of browsers, for Node. It reconnects by itself.
import { EventSource } from 'eventsource';

const [, , stream, token] = process.argv;
const source = new EventSource(stream, {
  fetch: (input, init) =>
    fetch(input, {
      ...init,
      headers: { ...init.headers, ...(token && { Authorization: `Bearer ${token}` }) },
    }),
});
source.onmessage = ({ data, lastEventId }) => {
  console.log(JSON.stringify({ id: lastEventId, data }));
  if (data === 'end') source.close();
};

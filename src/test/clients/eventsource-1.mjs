// npm eventsource of years ago, which many have still: it takes headers as an option of its own.
import EventSource from 'eventsource-1';

const [, , stream, token] = process.argv;
const headers = token ? { Authorization: `Bearer ${token}` } : {};
const source = new EventSource(stream, { headers });
source.onmessage = ({ data, lastEventId }) => {
  console.log(JSON.stringify({ id: lastEventId, data }));
  if (data === 'end') source.close();
};

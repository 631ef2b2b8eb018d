// npm eventsource: the EventSource of browsers, for Node. It reconnects by itself.
import { EventSource } from 'eventsource';

const source = new EventSource(process.argv[2]);
source.onmessage = ({ data, lastEventId }) => {
  console.log(JSON.stringify({ id: lastEventId, data }));
  if (data === 'end') source.close();
};

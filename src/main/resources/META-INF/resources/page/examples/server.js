import { connect } from '../../allim.js';
import { Chart } from '../chart.js';

export function server(place, text, format) {
  const hub = connect({ topics: ['$hub/figures'], since: '2m' });
  const cpu = new Chart(place, text.cpu, format.percent);
  const heap = new Chart(place, text.heap, format.bytes);
  const streams = new Chart(place, text.streams, format.count);
  const rate = new Chart(place, text.deliveries, format.rate);
  let last;
  hub.on('figures', (n) => {
    const now = n.json();
    if (last && last.node !== now.node) {
      return; // another hub's
    }
    cpu.add(now.cpu);
    heap.add(now.heapUsed);
    streams.add(now.streams);
    if (last?.uptime < now.uptime) {
      rate.add(((now.delivered - last.delivered) / (now.uptime - last.uptime)) * 1000);
    }
    last = now;
  });
  return hub;
}

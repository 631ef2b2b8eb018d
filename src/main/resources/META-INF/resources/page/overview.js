import { connect } from '../allim.js';
import { Chart } from './chart.js';
import { bytes, count, duration, millis, percent, rate, text } from './language.js';
import { byId, make } from './parts.js';

const PATIENCE = 5000;

/** A number in large, with what it is. */
function tile(place, title) {
  const value = make('dd');
  place.append(make('div', {}, make('dt', {}, title), value));
  return value;
}

function fill(table, facts) {
  const rows = Object.entries(facts).map(([name, value]) =>
    make('tr', {}, make('th', { scope: 'row' }, name), make('td', { class: 'number' }, value)));
  table.tBodies[0].replaceChildren(...rows);
}

export default function overview() {
  const tiles = Object.fromEntries(
    ['streams', 'deliveries', 'publishes', 'latency', 'slow', 'kept'].map((name) => [
      name,
      tile(byId('tiles'), text[name]),
    ]),
  );
  const charts = {
    deliveries: new Chart(byId('charts'), text.deliveries, rate),
    publishes: new Chart(byId('charts'), text.publishes, rate),
    streams: new Chart(byId('charts'), text.streams, count),
    latency: new Chart(byId('charts'), text.latency, millis),
    cpu: new Chart(byId('charts'), text.cpu, percent),
    heap: new Chart(byId('charts'), text.heap, bytes),
  };
  const hub = connect({ topics: ['$hub/figures'], since: '2m' });
  let last;
  hub.on('figures', (n) => {
    const now = n.json();
    byId('no-figures').hidden = true;
    if (last && last.uptime < now.uptime) {
      between(last, now, tiles, charts);
    }
    stand(now, tiles, charts);
    last = now;
  });
  hub.watch(({ state }) => {
    if (state === 'open') {
      setTimeout(() => (byId('no-figures').hidden = last !== undefined), PATIENCE);
    }
  });
  return {
    enter: () => {
      hub.resume();
      return [hub];
    },
    leave: () => hub.pause(),
  };
}

/** What the counters say of the time between two figures. */
function between(last, now, tiles, charts) {
  const seconds = (now.uptime - last.uptime) / 1000;
  const deliveries = (now.delivered - last.delivered) / seconds;
  const publishes = (now.published - last.published) / seconds;
  const answered = now.publishes - last.publishes;
  const latency = answered ? (now.publishMillis - last.publishMillis) / answered : 0;
  charts.deliveries.add(deliveries);
  charts.publishes.add(publishes);
  charts.latency.add(latency);
  tiles.deliveries.textContent = rate(deliveries);
  tiles.publishes.textContent = rate(publishes);
  tiles.latency.textContent = millis(latency);
}

function stand(now, tiles, charts) {
  charts.streams.add(now.streams);
  charts.cpu.add(now.cpu);
  charts.heap.add(now.heapUsed);
  tiles.streams.textContent = count(now.streams);
  tiles.slow.textContent = count(now.lagging);
  tiles.kept.textContent = count(now.historyEvents);
  const ends = Object.entries({ ...now.closed, ...now.refused });
  fill(byId('ends'), Object.fromEntries(ends.map(([cause, n]) => [text.causes[cause] ?? cause, count(n)])));
  fill(byId('facts'), {
    [text.uptime]: duration(now.uptime),
    [text.lanes]: count(now.lanes),
    [text.mailbox]: count(now.mailbox),
    [text.ring]: `${count(now.ringFrames)} · ${bytes(now.ringBytes)}`,
    [text.historySize]: bytes(now.historyBytes),
    [text.replays]: count(now.replays),
    [text.gaps]: count(now.gaps),
    [text.opened]: count(now.opened),
  });
}

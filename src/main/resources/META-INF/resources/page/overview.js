import { connect } from '../allim.js';
import { Chart } from './chart.js';
import { bytes, count, duration, millis, percent, rate, text } from './language.js';
import { byId, make } from './parts.js';
import { paste, pasted } from './token.js';

const FIGURES = '$hub/figures';
const PATIENCE = 5000;
const MINUTE = 60_000;
const GONE = 10_000;

/** A number in large, with what it is. */
function tile(place, title) {
  const value = make('dd');
  place.append(make('div', {}, make('dt', {}, title), value));
  return value;
}

function fill(table, facts) {
  const rows = facts.map(([name, ...values]) =>
    make('tr', {}, make('th', { scope: 'row' }, name), ...values.map((value) => make('td', { class: 'number' }, value))));
  table.tBodies[0].replaceChildren(...rows);
}

export default function overview(follow) {
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
  const nodes = new Map();
  const minute = [];
  let shown; // the node whose charts these are
  let hub;
  let token;

  function hear(n) {
    const now = { ...n.json(), key: n.key, at: new Date(n.published).getTime() };
    const last = nodes.get(n.key);
    byId('no-figures').hidden = true;
    nodes.set(n.key, { ...now, rate: last ? perSecond(last, now, 'delivered') : 0 });
    shown = nodes.get(shown)?.at > now.at - GONE ? shown : n.key;
    if (shown === n.key) {
      if (last?.uptime < now.uptime) {
        between(last, now, tiles, charts);
      }
      stand(now, tiles, charts);
      busiest(minute, now);
    }
    fillNodes(nodes, now.at);
  }

  /** Figures come within seconds, or do not come. */
  function wait(asked) {
    if (asked.state === 'open') {
      setTimeout(() => asked === hub && !nodes.size && explain(token ? text.notWithThisToken : text.noFigures), PATIENCE);
    } else if (asked === hub && asked.state === 'closed') {
      explain(text.refusedToken);
    }
  }

  function explain(why) {
    byId('no-figures-why').textContent = why;
    byId('no-figures').hidden = false;
  }

  function listen() {
    const before = hub;
    hub = undefined;
    before?.close();
    nodes.clear();
    token = pasted();
    hub = connect({ topics: [FIGURES], since: '2m', token });
    hub.on('figures', hear);
    hub.watch(wait);
    return [hub];
  }

  byId('admit').addEventListener('submit', (submission) => {
    submission.preventDefault();
    paste(byId('admitted').value);
    follow(listen());
  });

  return {
    enter() {
      if (!hub || token !== pasted()) {
        return listen();
      }
      hub.resume();
      return [hub];
    },
    leave: () => hub?.pause(),
  };
}

const perSecond = (last, now, counter) =>
  now.uptime > last.uptime ? ((now[counter] - last[counter]) / (now.uptime - last.uptime)) * 1000 : 0;

/** What was published in the last minute, by topic. */
function busiest(minute, now) {
  minute.push(now);
  while (minute[0].at < now.at - MINUTE) {
    minute.shift();
  }
  const sums = new Map();
  for (const { topic, published } of minute.flatMap(({ topics }) => topics)) {
    sums.set(topic, (sums.get(topic) ?? 0) + published);
  }
  const most = [...sums].sort((a, b) => b[1] - a[1]).slice(0, 8);
  fill(byId('topics'), most.map(([topic, sum]) => [explore(topic), count(sum)]));
  byId('no-topics').hidden = most.length > 0;
}

const explore = (topic) => make('a', { href: `#/explorer?${new URLSearchParams({ topic })}` }, topic);

/** Each process that has said something lately. */
function fillNodes(nodes, now) {
  for (const [key, { at }] of nodes) {
    if (at < now - GONE) {
      nodes.delete(key);
    }
  }
  const facts = (node) => [node.node, count(node.streams), rate(node.rate), percent(node.cpu), duration(node.uptime)];
  fill(byId('nodes'), [...nodes.values()].map(facts));
}

/** What the counters say of the time between two figures. */
function between(last, now, tiles, charts) {
  const deliveries = perSecond(last, now, 'delivered');
  const publishes = perSecond(last, now, 'published');
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
  fill(byId('ends'), ends.map(([cause, n]) => [text.causes[cause] ?? cause, count(n)]));
  fill(byId('facts'), [
    [text.uptime, duration(now.uptime)],
    [text.lanes, count(now.lanes)],
    [text.mailbox, count(now.mailbox)],
    [text.ring, `${count(now.ringFrames)} · ${bytes(now.ringBytes)}`],
    [text.historySize, bytes(now.historyBytes)],
    [text.replays, count(now.replays)],
    [text.gaps, count(now.gaps)],
    [text.opened, count(now.opened)],
  ]);
}

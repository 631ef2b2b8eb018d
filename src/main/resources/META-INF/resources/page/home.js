import { connect } from '../allim.js';
import { alerts } from './examples/alerts.js';
import { chat } from './examples/chat.js';
import { prices } from './examples/prices.js';
import { server } from './examples/server.js';
import { curl } from './curl.js';
import { bytes, count, language, percent, rate, text, twoPlaces, when } from './language.js';
import { byId, make, publish } from './parts.js';

const HELLO = 'demo/hello';
const PATIENCE = 5000;

/** Says something to three windows at once, which is all that a hub is about. */
function hello() {
  const form = byId('hello');
  const field = form.elements.text;
  const windows = [...byId('windows').querySelectorAll('.window p')];
  windows.forEach((window) => (window.dataset.empty = text.listening));
  const notification = () => ({ topic: HELLO, event: 'hello', data: field.value || text.helloText });
  const show = () => (byId('hello-curl').textContent = curl(notification()));
  field.value = text.helloText;
  field.addEventListener('input', show);
  show();
  form.addEventListener('submit', async (submission) => {
    submission.preventDefault();
    await publish({ ...notification(), ttl: '1m' }).catch(({ message }) => (windows[0].textContent = message));
  });
  const hub = connect({ topics: [HELLO] });
  hub.on('hello', ({ data }) =>
    windows.forEach((window) => {
      window.textContent = data;
      window.parentElement.getAnimations().forEach((each) => each.cancel());
      window.parentElement.animate([{ borderColor: 'currentcolor' }, {}], { duration: 1600 });
    }));
  return hub;
}

/** Shows the very code that runs beside it, when somebody wants to see it. */
function source(details) {
  details.addEventListener('toggle', async () => {
    if (details.open && details.children.length === 1) {
      const code = make('pre', { tabindex: 0 });
      details.append(code);
      const file = await fetch(new URL(`examples/${details.dataset.source}`, import.meta.url));
      code.textContent = (await file.text()).trim();
    }
  });
}

/** Where nothing speaks, each example says so. */
function quiet(monitor) {
  for (const place of document.querySelectorAll('#alerts, #chat, #prices tbody')) {
    place.dataset.empty = text.quiet;
  }
  const note = byId('no-server');
  const late = setTimeout(() => (note.hidden = false), PATIENCE);
  monitor.on('figures', () => {
    clearTimeout(late);
    note.hidden = true;
  });
}

export function home() {
  document.querySelectorAll('details.code').forEach(source);
  byId('read').addEventListener('click', () => {
    byId('unread').value = 0;
    byId('unread').hidden = true;
  });
  byId('name').value = `${text.guest} ${Math.floor(Math.random() * 90 + 10)}`;
  const monitor = server(byId('server'), text, { percent, bytes, count, rate });
  quiet(monitor);
  const hubs = [
    hello(),
    alerts(byId('alerts'), byId('unread'), language, when),
    prices(byId('prices').tBodies[0], twoPlaces),
    monitor,
    chat(byId('chat'), byId('say'), language, when),
  ];
  return {
    enter: () => {
      hubs.forEach((hub) => hub.resume());
      return hubs;
    },
    leave: () => hubs.forEach((hub) => hub.pause()),
  };
}

import { home } from './home.js';
import { language, localise, others, speak, text } from './language.js';
import { byId } from './parts.js';

const VIEWS = { '': home, explorer: () => import('./explorer.js'), overview: () => import('./overview.js') };
const calm = matchMedia('(prefers-reduced-motion: reduce)');

localise(document);
document.body.classList.add('ready');
byId('language').textContent = others[0].name;
byId('language').lang = others[0].code;
byId('language').addEventListener('click', () => speak(others[0].code));

/** The bell swings when something arrives. */
function ring() {
  if (!calm.matches && byId('bell').getAnimations().length === 0) {
    const swing = ['0deg', '14deg', '-10deg', '6deg', '-3deg', '0deg'].map((rotate) => ({ rotate }));
    byId('bell').animate(swing, { duration: 900, easing: 'ease-out' });
  }
}

/** What the view that is open listens with; views say so whenever it changes. */
let shown = [];
let unwatch = () => {};

function follow(hubs) {
  unwatch();
  shown = hubs;
  const stop = [hubs[0].watch(show), ...hubs.map((hub) => hub.on('*', ring))];
  unwatch = () => stop.forEach((each) => each());
}

function show({ state, reason }) {
  document.body.dataset.state = state;
  byId('state').textContent = text[state];
  byId('toggle').textContent = /paused|closed/.test(state) ? text.resume : text.stop;
  byId('reason').textContent = reason;
  byId('reason').hidden = !reason || state === 'reconnecting';
}

byId('toggle').addEventListener('click', () => {
  const resting = shown[0].state === 'paused';
  if (shown[0].state === 'closed') {
    location.reload();
  }
  shown.forEach((hub) => (resting ? hub.resume() : hub.pause()));
});

// ---- one view at a time, each with an address

const views = new Map();

async function open() {
  const [name, query] = location.hash.slice(2).split('?');
  const known = name in VIEWS ? name : '';
  if (!views.has(known)) {
    const view = await VIEWS[known]();
    views.set(known, view.default ? await view.default(follow) : view);
  }
  if (location.hash.slice(2).split('?')[0] !== name) {
    return;
  }
  for (const section of document.querySelectorAll('.view')) {
    section.hidden = section.id !== (known || 'home');
  }
  for (const link of document.querySelectorAll('nav a')) {
    link.toggleAttribute('aria-current', link.hash === `#/${known}`);
    if (link.hash === `#/${known}`) {
      link.setAttribute('aria-current', 'page');
    }
  }
  document.title = `${text[known || 'home']} · 알림 Allim`;
  views.forEach((view, key) => key !== known && view.leave());
  follow(views.get(known).enter(new URLSearchParams(query)));
}

addEventListener('hashchange', open);
const asked = new URLSearchParams(location.search).get('topic');
if (asked !== null && !location.hash) {
  history.replaceState(null, '', `${location.pathname}#/explorer?${new URLSearchParams({ topic: asked })}`);
}
document.documentElement.lang = language;
open();

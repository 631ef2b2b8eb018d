import { Feed } from './feed.js';
import { localise, text } from './language.js';
import { publishing, sameWithCurl } from './publish.js';
import { Stream } from './stream.js';

const element = (id) => document.getElementById(id);
const listenForm = element('listen');
const { topic, names } = listenForm.elements;
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const roomy = matchMedia('(min-width: 56rem)');

localise(document);
document.body.classList.add('ready');

const feed = new Feed(element('feed'), element('count'), element('bound'));
const stream = new Stream(
  (event) => {
    feed.add(event);
    ring();
  },
  (state, reason = '') => {
    document.body.dataset.state = state;
    element('state').textContent = text[state];
    element('toggle').textContent = state === 'closed' ? text.resume : text.stop;
    element('reason').textContent = reason;
    element('reason').hidden = reason === '';
  },
);

/** The bell swings when something arrives. */
function ring() {
  if (!calm.matches && element('bell').getAnimations().length === 0) {
    const swing = ['0deg', '14deg', '-10deg', '6deg', '-3deg', '0deg'].map((rotate) => ({ rotate }));
    element('bell').animate(swing, { duration: 900, easing: 'ease-out' });
  }
}

const wantedNames = () =>
  names.value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

function listen() {
  feed.clear();
  element('interest').textContent = topic.value.trim() || text.everything;
  stream.listen(topic.value.trim(), wantedNames());
}

/** The address of the page says what it listens to, so that it can be shared and reloaded. */
function remember() {
  const here = new URL(location.href);
  here.searchParams.delete('topic');
  if (topic.value.trim() !== '') {
    here.searchParams.set('topic', topic.value.trim());
  }
  history.replaceState(null, '', here);
}

listenForm.addEventListener('submit', (submission) => {
  submission.preventDefault();
  remember();
  listen();
});
element('toggle').addEventListener('click', () => (stream.closed ? stream.resume() : stream.stop()));
element('clear').addEventListener('click', () => feed.clear());

/*
 * A page that was left may be kept for the way back, and its stream with it: six of them, and a
 * browser has no connection to the hub left.
 */
let interrupted = false;
addEventListener('pagehide', () => {
  interrupted = !stream.closed;
  stream.stop();
});
addEventListener('pageshow', (event) => {
  if (event.persisted && interrupted) {
    stream.resume();
  }
});

publishing(element('publish'), element('answer'), (name) => {
  stream.hear(name);
  if (name !== '' && !wantedNames().includes(name)) {
    names.value = [...wantedNames(), name].join(', ');
  }
});
sameWithCurl(element('publish'), element('curl'));
for (const tool of document.querySelectorAll('details')) {
  tool.open = roomy.matches;
}

topic.value = new URLSearchParams(location.search).get('topic') ?? '';
listen();

import { count, text, when } from './language.js';
import { make } from './parts.js';

const LIMIT = 200;
const LONG = 600;
const WORTH_UNFOLDING = 60;
const HISTORY_MILLIS = 60_000;

/**
 * The latest events, newest first. However fast they come, they are shown once a frame, and not at
 * all while it is paused. Whatever an event holds is text: nothing of it is ever read as markup.
 */
export class Feed {
  #list;
  #count;
  #bound;
  #waiting = [];
  #total = 0;
  #filter = '';
  #due = false;
  paused = false;

  constructor(list, total, bound) {
    this.#list = list;
    this.#count = total;
    this.#bound = bound;
    this.#bound.textContent = text.bound(LIMIT);
  }

  add(event) {
    this.#total += event.gap ? 0 : 1;
    this.#waiting.push({ event, at: new Date() });
    if (this.#waiting.length > LIMIT) {
      this.#waiting.shift();
    }
    this.#soon();
  }

  pause(paused) {
    this.paused = paused;
    this.#soon();
  }

  /** Shows only what holds this text. */
  filter(words) {
    this.#filter = words.toLowerCase();
    for (const item of this.#list.children) {
      this.#sift(item);
    }
  }

  clear() {
    this.#waiting.length = 0;
    this.#total = 0;
    this.#list.replaceChildren();
    this.#tally();
  }

  #soon() {
    if (!this.#due) {
      this.#due = true;
      requestAnimationFrame(() => this.#show());
    }
  }

  #show() {
    this.#due = false;
    if (!this.paused) {
      const rows = this.#waiting.splice(0).map(({ event, at }) => row(event, at));
      rows.forEach((item) => this.#sift(item));
      this.#list.prepend(...rows.reverse());
    }
    while (this.#list.children.length > LIMIT) {
      this.#list.lastElementChild.remove();
    }
    this.#tally();
  }

  #sift(item) {
    item.hidden = !item.textContent.toLowerCase().includes(this.#filter);
  }

  #tally() {
    this.#count.value = count(this.#total);
    this.#bound.hidden = this.#list.children.length < LIMIT;
  }
}

function row(event, at) {
  if (event.gap) {
    const data = make('div', { class: 'data' }, `${text.missed}\n${JSON.stringify(event.gap)}`);
    return make('li', { 'data-event': 'gap' }, when(at), data);
  }
  const item = make('li', { 'data-event': event.event }, when(new Date(event.published)), ...head(event, at));
  item.append(...body(event.data));
  return item;
}

function head(event, at) {
  const passed = at - new Date(event.published);
  const name = event.event === 'message' ? [] : [make('span', { class: 'name' }, event.event)];
  const age = passed > HISTORY_MILLIS ? text.fromHistory : `${Math.max(0, passed)} ms`;
  const topic = make('span', { class: 'topic', title: event.topics.join('\n') }, event.topic);
  const id = make('span', { class: 'id', title: event.id }, event.id);
  return [make('p', { class: 'about' }, topic, ...name, make('span', { class: 'age' }, age), id)];
}

function body(data) {
  const shown = readable(data);
  const parsed = structure(data);
  const more = parsed && data.length > WORTH_UNFOLDING && shown === data ? [fold(text.unfold, JSON.stringify(parsed, null, 2))] : [];
  if (shown.length > LONG) {
    const start = make('div', { class: 'data' }, `${shown.slice(0, LONG)}…`);
    return [start, more[0] ?? fold(text.whole(count(shown.length)), shown)];
  }
  return [make('div', { class: 'data' }, shown), ...more];
}

function fold(summary, content) {
  return make('details', { class: 'more' }, make('summary', {}, summary), make('pre', { tabindex: 0 }, content));
}

function structure(data) {
  if (!/^\s*[{[]/.test(data)) {
    return undefined;
  }
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

/** A JSON object that is nothing but a message is shown as that message, all else as it came. */
function readable(data) {
  const { message, ...rest } = structure(data) ?? {};
  return typeof message === 'string' && Object.keys(rest).length === 0 ? message : data;
}

import { language, text } from './language.js';
import { GAP } from './stream.js';

const LIMIT = 200;

const clock = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });

/**
 * The latest events, newest first. However fast they come, they are shown once a frame. Whatever an
 * event holds is text: nothing of it is ever read as markup.
 */
export class Feed {
  #list;
  #count;
  #bound;
  #waiting = [];
  #total = 0;

  constructor(list, count, bound) {
    this.#list = list;
    this.#count = count;
    this.#bound = bound;
    this.#bound.textContent = text.bound(LIMIT);
  }

  add(event) {
    if (this.#waiting.length === 0) {
      requestAnimationFrame(() => this.#show());
    }
    this.#total += event.type === GAP ? 0 : 1;
    this.#waiting.push({ event, at: new Date() });
    if (this.#waiting.length > LIMIT) {
      this.#waiting.shift();
    }
  }

  clear() {
    this.#waiting.length = 0;
    this.#total = 0;
    this.#list.replaceChildren();
    this.#tally();
  }

  #show() {
    const rows = this.#waiting.splice(0).map(({ event, at }) => row(event, at));
    this.#list.prepend(...rows.reverse());
    while (this.#list.children.length > LIMIT) {
      this.#list.lastElementChild.remove();
    }
    this.#tally();
  }

  #tally() {
    this.#count.value = this.#total.toLocaleString(language);
    this.#bound.hidden = this.#list.children.length < LIMIT;
  }
}

function row(event, at) {
  const item = document.createElement('li');
  item.dataset.event = event.type;
  item.append(time(at, event.lastEventId), ...body(event));
  return item;
}

function time(at, id) {
  const element = document.createElement('time');
  element.dateTime = at.toISOString();
  element.textContent = clock.format(at);
  element.title = id;
  return element;
}

function body(event) {
  const data = block('data', event.type === GAP ? missed(event.data) : readable(event.data));
  return event.type === 'message' ? [data] : [block('name', event.type), data];
}

function block(kind, content) {
  const element = document.createElement('div');
  element.className = kind;
  element.textContent = content;
  return element;
}

function missed(data) {
  return `${text.missed}\n${data}`;
}

/** A JSON object that is nothing but a message is shown as that message, all else as it came. */
function readable(data) {
  if (!data.startsWith('{')) {
    return data;
  }
  try {
    const { message, ...rest } = JSON.parse(data);
    return typeof message === 'string' && Object.keys(rest).length === 0 ? message : data;
  } catch {
    return data;
  }
}

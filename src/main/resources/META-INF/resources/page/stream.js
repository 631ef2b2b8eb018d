/** Where the hub listens and publishes: beside this page, under whatever path a proxy put it. */
export const EVENTS = new URL('events', document.baseURI);

/** What the hub itself has to say: notifications are missing here. */
export const GAP = 'gap';

const UNNAMED = 'message';

/**
 * One subscription after the other. Its state is one of connecting, open, reconnecting and closed;
 * a browser reconnects by itself from all of them but closed.
 */
export class Stream {
  #source = null;
  #topic = '';
  #names = new Set();
  #lastEventId = '';

  /**
   * @param onEvent called with each MessageEvent
   * @param onState called with the state, and when the hub closed it, with its reason
   */
  constructor(onEvent, onState) {
    this.onEvent = onEvent;
    this.onState = onState;
  }

  get closed() {
    return this.#source === null || this.#source.readyState === EventSource.CLOSED;
  }

  /** Forgets what it listened to and listens to this, from now on. */
  listen(topic, names) {
    this.#topic = topic;
    this.#names = new Set([UNNAMED, GAP, ...names]);
    this.#lastEventId = '';
    this.resume();
  }

  /** Goes on where it stopped. */
  resume() {
    this.#source?.close();
    this.#source = new EventSource(this.#url());
    this.#source.onopen = (event) => this.#opened(event);
    this.#source.onerror = (event) => this.#failed(event);
    this.#names.forEach((name) => this.#attach(name));
    this.onState('connecting');
  }

  stop() {
    this.#source?.close();
    this.onState('closed');
  }

  /** Listens to events of this name as well. */
  hear(name) {
    if (name !== '' && !this.#names.has(name)) {
      this.#names.add(name);
      this.#attach(name);
    }
  }

  #url() {
    const url = new URL(EVENTS);
    if (this.#topic !== '') {
      url.searchParams.set('topic', this.#topic);
    }
    if (this.#lastEventId !== '') {
      url.searchParams.set('lastEventId', this.#lastEventId);
    }
    return url;
  }

  #attach(name) {
    this.#source?.addEventListener(name, (event) => this.#heard(event));
  }

  /** An event that somebody named "error" or "open" shares its type with the browser's own. */
  #heard(event) {
    if (event instanceof MessageEvent) {
      this.#lastEventId = event.lastEventId;
      this.onEvent(event);
    }
  }

  #opened(event) {
    if (!(event instanceof MessageEvent)) {
      this.onState('open');
    }
  }

  #failed(event) {
    if (event instanceof MessageEvent) {
      return;
    }
    if (this.closed) {
      this.#askWhy(this.#source);
    } else {
      this.onState('reconnecting');
    }
  }

  /** An EventSource does not tell why it was refused; a plain request does. */
  async #askWhy(source) {
    this.onState('closed');
    const reason = await refusal(source.url);
    if (reason !== '' && source === this.#source) {
      this.onState('closed', reason);
    }
  }
}

async function refusal(url) {
  const question = new AbortController();
  try {
    const response = await fetch(url, {
      headers: { Accept: 'text/event-stream' },
      signal: question.signal,
    });
    return response.ok ? '' : await explain(response);
  } catch {
    return '';
  } finally {
    question.abort();
  }
}

/** What a refusal says for itself (RFC 9457), or at least its status. */
export async function explain(response) {
  const status = `${response.status} ${response.statusText}`.trim();
  try {
    return (await response.json()).detail ?? status;
  } catch {
    return status;
  }
}

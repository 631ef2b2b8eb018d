// One connection for all tabs: see allim.d.ts.
export const connect = (options) => new Hub(options);

const matches = (matcher, topic) =>
  matcher === '*' || matcher === topic || (matcher.includes('{') && template(matcher).test(topic));

const template = (text) =>
  new RegExp(`^${text.replace(/\{(\+?).*?\}|[\\^$.*+?()[\]|]/g, (found, any) =>
    any === undefined ? `\\${found}` : any ? '.+' : '[^/]+')}$`, 'su');

async function* events(body, alive) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let event = {};
  let rest = '';
  for (let read; !(read = await reader.read()).done; ) {
    alive();
    const lines = (rest + read.value).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const [, name, value] = line.match(/^(\w+): ?(.*)/) ?? [];
      if (name) {
        event[name] = value;
      } else if (!line) {
        yield event;
        event = {};
      }
    }
  }
}

const kept = (name) => `allim ${name}`;

class Hub {
  state = 'connecting';
  reason = '';
  #options;
  #me = `${Math.random()}`;
  #listeners = {};
  #tabs = new Map(); // what each asks for
  #asked = [];
  #trail = []; // the last places: a new leader begins some back
  #before = []; // what is older than this tab
  #seen = new Set();
  #waiting = []; // what is new while the past is read
  #since;
  #joining;
  #saving; // a tab may crash
  #bus;
  #open = new AbortController();
  #life;
  #run; // the try that is under way, in the leader
  #retry = 2000;
  #began = Date.now();

  constructor({ topics = '*', url = new URL('events', import.meta.url), ...options } = {}) {
    this.topics = [topics].flat();
    this.url = new URL(url, document.baseURI);
    this.#options = { share: !options.token, patience: 1e4, silence: 45e3, ...options };
    const { since, last, persist } = options;
    const place = persist && localStorage[kept(persist)];
    this.#since = place ? { lastEventId: place } : (since || last) && { since, last };
    const { signal } = this.#open;
    addEventListener('pagehide', () => this.pause(), { signal });
    addEventListener('pageshow', (e) => e.persisted && this.resume(), { signal });
    this.#begin();
  }

  on(name, listener) {
    const heard = (this.#listeners[name] ??= new Set());
    heard.add(listener);
    return () => heard.delete(listener);
  }

  watch(watcher) {
    watcher(this);
    return this.on('', watcher);
  }

  async *[Symbol.asyncIterator]() {
    const queue = [];
    let wake = () => {};
    const off = [this.on('*', (n) => wake(queue.push(n))), this.watch(() => wake())];
    try {
      while (this.state !== 'closed') {
        await new Promise((resolve) => (queue.length ? resolve() : (wake = resolve)));
        yield* queue.splice(0);
      }
    } finally {
      off.forEach((each) => each());
    }
  }

  close(reason) {
    this.#end();
    this.#open.abort();
    this.#turn('closed', reason);
  }

  // Whoever holds the lock leads.
  async #begin() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    const { share } = this.#options;
    this.#tabs.set(this.#me, this.topics);
    if (!share || !navigator.locks) {
      return this.#lead(signal);
    }
    const name = kept(`${this.url} ${share}`);
    const hold = (key, then) => navigator.locks.request(key, { signal }, then).catch(() => {});
    this.#bus = new BroadcastChannel(name);
    this.#bus.onmessage = ({ data }) => this.#hear(data);
    hold(name + this.#me, () => {
      this.#tell({ hello: this.topics, ask: true });
      hold(name, () => this.#lead(signal, name));
      return new Promise((resolve) => (signal.onabort = resolve));
    });
  }

  #save() {
    const { persist } = this.#options;
    if (persist && this.#trail[0] && !this.#waiting) {
      localStorage[kept(persist)] = this.#trail.at(-1);
    }
    this.#saving = clearTimeout(this.#saving);
  }

  #end() {
    this.#save();
    this.#life.abort();
    this.#run?.abort();
    this.#bus?.close();
    this.#bus = this.#run = undefined;
    this.#tabs.clear();
    this.#asked = [];
  }

  #tell(message) {
    this.#bus?.postMessage({ ...message, from: this.#me });
  }

  #hear(message) {
    const { hello, ask, state, place, split } = message;
    if (hello) {
      this.#tabs.set(message.from, hello);
      if (ask) {
        this.#tell({ hello: this.topics });
      }
      if (this.#covers(hello)) {
        this.#announce();
      } else {
        this.#run?.abort();
      }
    } else if (state) {
      this.#asked = message.asked;
      if (!this.#trail.length) {
        this.#trail = this.#before = message.trail;
      }
      this.#turn(state, message.reason);
    } else if (place) {
      this.#stand(place);
    } else if (split) {
      this.#alone();
    } else {
      this.#take(message);
    }
  }

  // Together they are refused: each asks for itself, and hears what is wrong.
  #alone() {
    this.#end();
    this.#options.share = false;
    this.#begin();
  }

  #covers(topics) {
    return topics.every((topic) => this.#asked.includes(topic));
  }

  #announce() {
    if (this.#run) {
      const { state, reason } = this;
      this.#tell({ state, reason, asked: this.#asked, trail: this.#trail });
    }
  }

  async #lead(signal, name) {
    let failures = 0;
    let silent = 0;
    let [begin] = this.#trail;
    const heard = () => {
      failures = silent = 0;
      begin = '';
    };
    while (!signal.aborted) {
      const run = (this.#run = new AbortController());
      let wait = this.#retry;
      try {
        await this.#prune(name);
        this.#asked = [...new Set([...this.#tabs.values()].flat())];
        await (silent > 1 ? this.#poll(run, heard) : this.#listen(run, heard, begin));
      } catch (failure) {
        const { message, fatal } = run.reason ?? failure;
        if (signal.aborted) {
          return;
        }
        if (fatal) {
          this.#tell({ split: true });
          return this.#tabs.size > 1 ? this.#alone() : this.close(message);
        }
        if (run.signal.aborted && !run.reason) {
          continue;
        }
        silent += !!run.reason;
        wait = failure.wait || Math.min(3e4, wait * 2 ** failures++);
        this.#share('reconnecting', message);
      }
      await this.#rest(wait * (0.5 + Math.random()), run);
    }
  }

  #rest(ms, { signal }) {
    return new Promise((resolve) => {
      setTimeout(resolve, ms);
      signal.onabort = resolve;
    });
  }

  async #prune(name) {
    const { held } = name ? await navigator.locks.query() : {};
    for (const tab of this.#tabs.keys()) {
      if (tab !== this.#me && !held?.some((lock) => lock.name === name + tab)) {
        this.#tabs.delete(tab);
      }
    }
  }

  async #listen(run, heard, begin) {
    const { patience, silence } = this.#options;
    let watch;
    let opened;
    const within = (ms) => {
      clearTimeout(watch);
      watch = setTimeout(() => {
        run.reason = new Error('A proxy holds streams back');
        run.abort();
      }, ms);
    };
    within(patience);
    try {
      const start = { lastEventId: begin || this.#trail.at(-1) };
      const { body } = await this.#get(this.#asked, start, 'text/event-stream', run.signal);
      const alive = () => {
        heard();
        within(silence);
        opened ||= !this.#share('open');
      };
      for await (const event of events(body, alive)) {
        this.#event(event);
      }
    } finally {
      clearTimeout(watch);
    }
  }

  #event({ id, event, data, retry }) {
    if (retry) {
      this.#retry = +retry;
    }
    if (event === 'gap') {
      this.#spread({ gap: JSON.parse(data) });
    } else if (event === 'reauthenticate') {
      this.#options.onReauthenticate?.();
    } else if (data) {
      this.#spread({ event: JSON.parse(data) });
    }
    this.#place(id);
  }

  #place(place) {
    if (place) {
      this.#stand(place);
      this.#tell({ place });
    }
  }

  async #poll(run, heard) {
    for (let i = 0; i < 30; i++) {
      const ago = Math.ceil((Date.now() - this.#began) / 1000);
      const lastEventId = this.#trail.at(-1);
      const start = { lastEventId, since: lastEventId ? '' : `${ago}s` };
      await this.#pages(this.#asked, start, run.signal, (message) => {
        this.#spread(message);
        this.#place(message.event?.id);
      });
      this.#share('polling', 'A proxy holds streams back');
      await this.#rest(2000, run);
      run.signal.throwIfAborted();
    }
    heard();
  }

  #spread(message) {
    this.#tell(message);
    this.#take(message);
  }

  #share(state, reason) {
    this.#turn(state, reason);
    this.#announce();
  }

  async #get(topics, parameters, accept, signal) {
    const url = new URL(this.url);
    const query = Object.entries({ ...parameters, envelope: 'json' });
    for (const [name, value] of [...topics.map((topic) => ['topic', topic]), ...query]) {
      value && url.searchParams.append(name, value);
    }
    const { token } = this.#options;
    const headers = { Accept: accept };
    if (token) {
      headers.Authorization = `Bearer ${token.call ? await token() : token}`;
    }
    const response = await fetch(url, { headers, cache: 'no-store', signal });
    if (response.ok) {
      return response;
    }
    const { status } = response;
    const { detail = `The hub answered ${status}` } = await response.json().catch(() => ({}));
    const unknown = status === 401 || status === 403;
    if (unknown) {
      this.#options.onReauthenticate?.(detail);
    }
    throw Object.assign(new Error(detail), {
      wait: response.headers.get('Retry-After') * 1000,
      fatal: unknown ? !this.#options.token?.call : status < 500 && ![408, 425, 429].includes(status),
    });
  }

  async #pages(topics, start, signal, take) {
    for (let page; !page?.complete; start = { lastEventId: page.next }) {
      page = await (await this.#get(topics, start, 'application/json', signal)).json();
      if (page.gap) {
        take(page);
      }
      page.items.forEach((event) => take({ event }));
    }
  }

  #turn(state, reason = '') {
    if (state !== this.state || reason !== this.reason) {
      Object.assign(this, { state, reason });
      this.#call('', this);
    }
    if (/open|polling/.test(state) && this.#covers(this.topics) && this.#waiting && !this.#joining) {
      this.#join(this.#life.signal);
    }
  }

  async #join(signal) {
    this.#joining = true;
    try {
      if (this.#since) {
        await this.#pages(this.topics, this.#since, signal, (message) => this.#hand(message));
      }
      this.#since = '';
      this.#waiting.splice(0).forEach((message) => this.#hand(message));
      this.#waiting = undefined;
      this.#save();
    } catch (failure) {
      if (failure.fatal) {
        this.close(failure.message);
      } else {
        setTimeout(() => this.#turn(this.state, this.reason), this.#retry);
      }
    }
    this.#joining = false;
  }

  #take(message) {
    if (!this.#before.includes(message.event?.id)) {
      this.#waiting ? this.#waiting.push(message) : this.#hand(message);
    }
  }

  #hand({ gap, event }) {
    if (gap) {
      this.#options.onGap?.(gap);
    } else if (!this.#seen.has(event.id) && this.#wants(event)) {
      this.#seen.add(event.id);
      if (this.#seen.size > 2e3) {
        this.#seen.delete([...this.#seen][0]);
      }
      const notification = { event: 'message', ...event, json: () => JSON.parse(event.data) };
      this.#call(notification.event, notification);
      this.#call('*', notification);
    }
  }

  #call(name, value) {
    this.#listeners[name]?.forEach((listener) => listener(value));
  }

  #wants({ topics }) {
    return this.topics.some((matcher) => topics.some((topic) => matches(matcher, topic)));
  }

  #stand(place) {
    this.#trail = [...this.#trail, place].slice(-8);
    this.#saving ||= setTimeout(() => this.#save(), 1000);
  }

  // A page that is kept for the way back holds no connection.
  pause() {
    this.#end();
    this.#turn('paused');
  }

  resume() {
    if (this.state === 'paused') {
      const lastEventId = this.#trail.pop();
      this.#since ||= lastEventId && { lastEventId };
      this.#trail = [];
      this.#waiting ??= [];
      this.#turn('connecting');
      this.#begin();
    }
  }
}

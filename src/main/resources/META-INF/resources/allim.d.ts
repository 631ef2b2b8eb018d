/** One notification. */
export interface Notification {
  /** Unique in the hub; what a stream resumes behind. */
  readonly id: string;
  /** The canonical topic. */
  readonly topic: string;
  /** All topics that it was published under, the canonical one first. */
  readonly topics: readonly string[];
  /** The name of the event, `message` if it has none. */
  readonly event: string;
  /** The payload, as it was published. */
  readonly data: string;
  /** When it was published, in ISO 8601. */
  readonly published: string;
  /** From when on it is of no use, in ISO 8601. */
  readonly expires?: string;
  /** What it replaces: the newest of a topic and key is the current state. */
  readonly key?: string;
  /** The payload, read as JSON. */
  json(): any;
}

/** Notifications are missing: what was asked for is no longer kept. */
export interface Gap {
  /** The id behind which something is missing. */
  readonly asked?: string | null;
}

/**
 * `connecting` until the hub has answered for the first time; `open` while a stream brings what is
 * new; `polling` while something on the way holds streams back, and pages are asked for instead;
 * `reconnecting` between two tries; `paused` after `pause()` or while the page waits in the cache
 * for the way back; `closed` for good.
 */
export type State = 'connecting' | 'open' | 'polling' | 'reconnecting' | 'paused' | 'closed';

export interface Options {
  /** Topics, templates such as `orders/{id}` or `docs/{+path}`, or `*` for everything: the default. */
  topics?: string | readonly string[];
  /** Where the past begins that comes first: an id, `earliest`, `latest`, `10m`, or a point of time. */
  since?: string;
  /** In place of `since`: the newest so many come first, oldest first; at most 1000. */
  last?: number;
  /** Where the hub is; by default `events` beside this module. */
  url?: string | URL;
  /** Sent as `Authorization: Bearer …`. A function is asked before each request, also after a refusal. */
  token?: string | (() => string | Promise<string>);
  /**
   * Whether all tabs of the origin share one connection: yes, unless there is a token. A name shares
   * it with those of the same name: give one for each user if you use tokens.
   */
  share?: boolean | string;
  /**
   * A name under which the place is kept, so that a page that is loaded again goes on behind it. It
   * is written when the page is left, and each second: after a crash, what came in the second before
   * may come again.
   */
  persist?: string;
  /** Milliseconds that a stream may take to say its first word; then a proxy is suspected. */
  patience?: number;
  /** Milliseconds after which a stream that says nothing, not even a heartbeat, is given up. */
  silence?: number;
  /** Hears of gaps. */
  onGap?(gap: Gap): void;
  /** Hears that the hub wants a new token, with what it says about it. */
  onReauthenticate?(detail?: string): void;
}

/** A subscription. Iterating over it yields what arrives from then on, until it is closed. */
export interface Hub extends AsyncIterable<Notification> {
  readonly state: State;
  /** Why it is not open, in words, or nothing. */
  readonly reason: string;
  readonly topics: readonly string[];
  readonly url: URL;
  /** Hears events of a name, `message` for those without one, `*` for all. Returns how to stop it. */
  on(name: string, listener: (notification: Notification) => void): () => void;
  /** Hears of the state, now and with each change. Returns how to stop it. */
  watch(watcher: (hub: Hub) => void): () => void;
  /** Lets go of the connection, until `resume()` goes on behind the last that came. */
  pause(): void;
  resume(): void;
  /** Ends it for good. */
  close(reason?: string): void;
}

/**
 * Subscribes. Whatever happens to the connection, each notification arrives once: it is opened
 * again with growing pauses, and goes on behind the last that came.
 */
export function connect(options?: Options): Hub;

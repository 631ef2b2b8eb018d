import { connect } from '../allim.js';
import { Feed } from './feed.js';
import { text } from './language.js';
import { byId } from './parts.js';
import { publishing } from './publish.js';
import { paste, pasted } from './token.js';

const roomy = matchMedia('(min-width: 56rem)');

export default function explorer(follow) {
  const form = byId('listen');
  const { topic, since, token } = form.elements;
  const feed = new Feed(byId('feed'), byId('count'), byId('bound'));
  let hub;

  function listen() {
    hub?.close();
    feed.clear();
    const wanted = topic.value.trim();
    byId('interest').textContent = wanted || text.everything;
    hub = connect({
      topics: wanted ? [wanted] : ['*'],
      ...(since.value === 'last' ? { last: 50 } : { since: since.value }),
      token: pasted(),
      share: false,
      onGap: (gap) => feed.add({ gap }),
    });
    hub.on('*', (notification) => feed.add(notification));
    return [hub];
  }

  /** The address of the page says what it listens to, so that it can be shared and reloaded. */
  function remember() {
    const said = new URLSearchParams();
    for (const { name, value } of [topic, since]) {
      if (value.trim() !== '') {
        said.set(name, value.trim());
      }
    }
    history.replaceState(null, '', `#/explorer${said.size ? `?${said}` : ''}`);
  }

  form.addEventListener('submit', (submission) => {
    submission.preventDefault();
    paste(token.value);
    remember();
    follow(listen());
  });
  byId('clear').addEventListener('click', () => feed.clear());
  byId('filter').addEventListener('input', ({ target }) => feed.filter(target.value));
  byId('pause').addEventListener('click', ({ target }) => {
    feed.pause(!feed.paused);
    target.setAttribute('aria-pressed', feed.paused);
  });
  publishing(byId('publish'), () => token.value);
  for (const tool of document.querySelectorAll('#explorer .columns > section > details')) {
    tool.open = roomy.matches;
  }

  return {
    enter(query) {
      const [to, from] = [query.get('topic') ?? '', query.get('since') ?? ''];
      if (hub && to === topic.value && from === since.value && token.value.trim() === pasted()) {
        hub.resume();
        return [hub];
      }
      topic.value = to;
      since.value = from;
      token.value = pasted();
      return listen();
    },
    leave: () => hub?.pause(),
  };
}

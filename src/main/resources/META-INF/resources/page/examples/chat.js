import { connect } from '../../allim.js';
import { append, make, publish } from '../parts.js';

export function chat(list, form, language, time) {
  const hub = connect({ topics: ['demo/chat'], last: 50 });
  hub.on('chat', (n) => {
    const { name, text, [language]: words } = n.json();
    const said = make('span', {}, words ?? text);
    append(list, make('li', {}, make('b', {}, name), said, time(new Date(n.published))), 50);
  });
  form.addEventListener('submit', async (submission) => {
    submission.preventDefault();
    const { name, text } = form.elements;
    const data = { name: name.value, text: text.value };
    await publish({ topic: 'demo/chat', event: 'chat', ttl: '1d', data });
    text.value = '';
  });
  return hub;
}

import { connect } from '../../allim.js';
import { make, prepend, toast } from '../parts.js';

export function alerts(list, unread, language, time) {
  const hub = connect({ topics: ['demo/alerts'], since: '1m' });
  const opened = Date.now();
  hub.on('alert', (n) => {
    const { level, [language]: words } = n.json();
    const at = new Date(n.published);
    prepend(list, make('li', { 'data-level': level }, make('span', {}, words), time(at)), 6);
    unread.value = Number(unread.value) + 1;
    unread.hidden = false;
    if (level === 'critical' && at > opened) {
      toast(words, level);
    }
  });
  return hub;
}

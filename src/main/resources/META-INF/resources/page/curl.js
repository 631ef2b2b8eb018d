/** What somebody would type, or write, to publish the same. */

const EVENTS = new URL('events', document.baseURI);

/** A token is not shown: it may be somebody else's screen. */
export function curl({ topic, event, data, key, ttl, delay, private: secret }, withToken) {
  const option = data.startsWith('@') ? '--data-raw' : '-d';
  const base = EVENTS.protocol === 'http:' ? EVENTS.host + EVENTS.pathname : EVENTS.href;
  const path = topic.split('/').map(encodeURIComponent).join('/');
  const given = Object.entries({ event, key, ttl, delay, private: secret }).filter(([, value]) => value);
  const query = given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  const token = withToken ? ' -H "Authorization: Bearer $TOKEN"' : '';
  return `curl${token} ${option} ${quoted(data)} ${plainOrQuoted(`${base}/${path}${query && `?${query}`}`)}`;
}

function quoted(argument) {
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}

function plainOrQuoted(argument) {
  return /^[\w\-./:%]+$/.test(argument) ? argument : quoted(argument);
}

export function script(notification, withToken) {
  return `await fetch('${EVENTS.pathname}', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json'${withToken ? ', Authorization: `Bearer ${token}`' : ''} },
  body: JSON.stringify(${JSON.stringify(notification, null, 2).replaceAll('\n', '\n  ')}),
});`;
}

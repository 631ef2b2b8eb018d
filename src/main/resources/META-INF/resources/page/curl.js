/** What somebody would type, or write, to publish the same. */

const EVENTS = new URL('events', document.baseURI);

export function curl({ topic, event, data, key, ttl, delay }) {
  const option = data.startsWith('@') ? '--data-raw' : '-d';
  const base = EVENTS.protocol === 'http:' ? EVENTS.host + EVENTS.pathname : EVENTS.href;
  const path = topic.split('/').map(encodeURIComponent).join('/');
  const given = Object.entries({ event, key, ttl, delay }).filter(([, value]) => value);
  const query = given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return `curl ${option} ${quoted(data)} ${plainOrQuoted(`${base}/${path}${query && `?${query}`}`)}`;
}

function quoted(argument) {
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}

function plainOrQuoted(argument) {
  return /^[\w\-./:%]+$/.test(argument) ? argument : quoted(argument);
}

export function script(notification) {
  return `await fetch('${EVENTS.pathname}', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(${JSON.stringify(notification, null, 2).replaceAll('\n', '\n  ')}),
});`;
}

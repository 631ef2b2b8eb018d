import { text } from './language.js';
import { EVENTS, explain } from './stream.js';

/** The form's fields as a notification; without a name it is an ordinary message. */
function notification(form) {
  const { topic, event, data } = form.elements;
  return {
    topic: topic.value,
    event: event.value === '' ? undefined : event.value,
    data: data.value,
  };
}

/**
 * Publishes what the form holds and shows the hub's answer.
 *
 * @param onName called with the event's name before it is sent, so that it can be heard
 */
export function publishing(form, answer, onName) {
  form.addEventListener('submit', async (submission) => {
    submission.preventDefault();
    const sent = notification(form);
    onName(sent.event ?? '');
    say(answer, 'sending', text.sending);
    say(answer, ...(await send(sent)));
  });
  form.elements.data.addEventListener('keydown', (key) => {
    if (key.key === 'Enter' && (key.ctrlKey || key.metaKey)) {
      form.requestSubmit();
    }
  });
}

function say(answer, outcome, words) {
  answer.dataset.outcome = outcome;
  answer.textContent = words;
}

async function send(notification) {
  try {
    const response = await fetch(EVENTS, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(notification),
    });
    return response.ok
      ? ['sent', `${text.sent}: ${(await response.json()).id}`]
      : ['refused', `${text.refused}: ${await explain(response)}`];
  } catch {
    return ['refused', text.unreachable];
  }
}

/** Shows, as the form changes, the command that would send the same. */
export function sameWithCurl(form, line) {
  const show = () => (line.textContent = curl(notification(form)));
  form.addEventListener('input', show);
  show();
}

function curl({ topic, event, data }) {
  const option = data.startsWith('@') ? '--data-raw' : '-d';
  const base = EVENTS.protocol === 'http:' ? EVENTS.host + EVENTS.pathname : EVENTS.href;
  const path = topic.split('/').map(encodeURIComponent).join('/');
  const query = event === undefined ? '' : `?event=${encodeURIComponent(event)}`;
  return `curl ${option} ${quoted(data)} ${plainOrQuoted(`${base}/${path}${query}`)}`;
}

function quoted(argument) {
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}

function plainOrQuoted(argument) {
  return /^[\w\-./:%]+$/.test(argument) ? argument : quoted(argument);
}

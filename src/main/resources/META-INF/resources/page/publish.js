import { curl, script } from './curl.js';
import { text } from './language.js';
import { byId, publish } from './parts.js';

/** The form's fields as a notification; what is left empty is left out. */
function notification(form) {
  const { topic, event, data, key, ttl, delay } = form.elements;
  const fields = { topic, event, data, key, ttl, delay };
  const given = Object.entries(fields).filter(([name, { value }]) => value !== '' || name === 'data');
  const told = form.elements.private.checked ? { private: true } : {};
  return { ...Object.fromEntries(given.map(([name, { value }]) => [name, value])), ...told };
}

function say(outcome, words) {
  const answer = byId('answer');
  answer.dataset.outcome = outcome;
  answer.textContent = words;
}

async function send(form, token) {
  say('sending', text.sending);
  try {
    const { id, deliverAt } = await publish(notification(form), token());
    say('sent', deliverAt ? `${text.later}: ${deliverAt}` : `${text.sent}: ${id}`);
  } catch (failure) {
    say('refused', failure.refused ? `${text.refused}: ${failure.message}` : text.unreachable);
  }
}

/** Publishes what the form holds, and shows what would do the same from elsewhere. */
export function publishing(form, token) {
  form.addEventListener('submit', (submission) => {
    submission.preventDefault();
    send(form, token);
  });
  form.elements.data.addEventListener('keydown', (key) => {
    if (key.key === 'Enter' && (key.ctrlKey || key.metaKey)) {
      form.requestSubmit();
    }
  });
  const show = () => {
    byId('curl').textContent = curl(notification(form), token());
    byId('script').textContent = script(notification(form), token());
  };
  byId('explorer').addEventListener('input', show);
  show();
  for (const button of document.querySelectorAll('.copy')) {
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(byId(button.dataset.copy).textContent);
      button.textContent = text.copied;
      setTimeout(() => (button.textContent = text.copy), 2000);
    });
  }
}

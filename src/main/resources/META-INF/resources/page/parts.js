/** What the views are made of. Whatever comes from the hub is text here, never markup. */

/** An element with attributes and children; texts become text. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(...children);
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Puts an item at the top of a list that keeps so many. */
export function prepend(list, item, most) {
  list.prepend(item);
  trim(list, most, 'lastElementChild');
}

/** Puts an item at the end, and keeps the end in sight for whoever has not scrolled away. */
export function append(list, item, most) {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  list.append(item);
  trim(list, most, 'firstElementChild');
  if (atEnd) {
    list.scrollTop = list.scrollHeight;
  }
}

function trim(list, most, which) {
  while (list.children.length > most) {
    list[which].remove();
  }
}

/** Says something for some seconds. */
export function toast(text, level) {
  const note = make('p', { class: 'toast', 'data-level': level }, text);
  byId('toasts').append(note);
  trim(byId('toasts'), 3, 'firstElementChild');
  setTimeout(() => note.remove(), 5000);
}

/** Publishes a notification; yields the hub's answer, fails with what it says against it. */
export async function publish(notification, token) {
  const response = await fetch(new URL('events', document.baseURI), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
    body: JSON.stringify(notification),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw Object.assign(new Error(answer.detail ?? `${response.status}`), { refused: true });
  }
  return answer;
}

import { make } from './parts.js';
import { TEXTS } from './texts.js';

/** Words, numbers and times in the language of the visitor: chosen here, or the browser's first. */

const NAMES = { ko: '한국어', en: 'English' };
const CHOICE = 'allim language';

const wished = [localStorage.getItem(CHOICE), ...navigator.languages].map((tag) => tag?.split('-')[0]);

export const language = wished.find((tag) => tag in TEXTS) ?? 'en';
export const text = TEXTS[language];
export const others = Object.keys(NAMES)
  .filter((code) => code !== language)
  .map((code) => ({ code, name: NAMES[code] }));

/** From now on in this language. */
export function speak(code) {
  localStorage.setItem(CHOICE, code);
  location.reload();
}

/** Writes the words into every element that names one. */
export function localise(root) {
  root.documentElement.lang = language;
  for (const element of root.querySelectorAll('[data-text]')) {
    element.textContent = text[element.dataset.text];
  }
  for (const field of root.querySelectorAll('[data-placeholder]')) {
    field.placeholder = text[field.dataset.placeholder];
  }
  for (const element of root.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', text[element.dataset.label]);
  }
}

const format = (options) => {
  const formatter = new Intl.NumberFormat(language, options);
  return (value) => formatter.format(value);
};

const clock = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });

export const count = format({});
export const twoPlaces = format({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
export const percent = format({ style: 'percent', maximumFractionDigits: 0 });
export const rate = format({ maximumSignificantDigits: 3 });

const fraction = format({ maximumFractionDigits: 1 });
export const millis = (value) => `${fraction(value)} ms`;

export function bytes(value) {
  const unit = value ? Math.min(3, Math.floor(Math.log2(value) / 10)) : 0;
  return `${fraction(value / 1024 ** unit)} ${['B', 'KiB', 'MiB', 'GiB'][unit]}`;
}

export function duration(value) {
  const minutes = Math.floor(value / 60_000);
  const parts = [Math.floor(minutes / 60), minutes % 60, Math.floor(value / 1000) % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** A point of time, as people read it and as programs do. */
export function when(at) {
  return make('time', { datetime: at.toISOString() }, clock.format(at));
}

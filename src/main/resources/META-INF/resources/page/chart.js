import { make } from './parts.js';

const SVG = 'http://www.w3.org/2000/svg';
const FEW = 12;

function draw(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  return element;
}

/** A line of the last values, as an SVG that fills its place; `area` is what is below it. */
export class Line {
  #values = [];
  #most;
  #floor;
  #line = draw('path', { class: 'line' });
  #area = draw('path', { class: 'area' });

  /** `floor` is where the scale begins at the least, `undefined` for the smallest value. */
  constructor({ most = 60, width = 120, height = 32, floor } = {}) {
    this.#most = most;
    this.#floor = floor;
    this.width = width;
    this.height = height;
    this.element = draw('svg', {
      viewBox: `0 0 ${width} ${height}`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
    });
    this.element.append(this.#area, this.#line);
  }

  add(value) {
    this.#values.push(value);
    if (this.#values.length > this.#most) {
      this.#values.shift();
    }
    const points = this.#points();
    this.#line.setAttribute('d', points);
    this.#area.setAttribute('d', points && `${points}V${this.height}H${this.#x(0)}Z`);
  }

  /** The newest is at the right; few values have the room of some more, so that they look few. */
  #x(i) {
    const span = Math.min(this.#most, Math.max(this.#values.length, FEW)) - 1;
    return (((span + 1 - this.#values.length + i) / span) * this.width).toFixed(1);
  }

  #points() {
    const low = Math.min(this.#floor ?? Infinity, ...this.#values);
    const range = Math.max(...this.#values) - low || 1;
    const y = (value) => (this.height - 2 - ((value - low) / range) * (this.height - 4)).toFixed(1);
    return this.#values.map((value, i) => `${i ? 'L' : 'M'}${this.#x(i)} ${y(value)}`).join('');
  }
}

/** A chart with a title and its newest value in words. */
export class Chart {
  #line;
  #format;
  #value = make('b');

  constructor(place, title, format) {
    this.#line = new Line({ width: 240, height: 56, floor: 0 });
    this.#format = format;
    const head = make('figcaption', {}, make('span', {}, title), this.#value);
    place.append(make('figure', {}, head, this.#line.element));
  }

  add(value) {
    this.#line.add(value);
    this.#value.textContent = this.#format(value);
  }
}

import { connect } from '../../allim.js';
import { Line } from '../chart.js';
import { make } from '../parts.js';

export function prices(table, number) {
  const hub = connect({ topics: ['demo/prices'], since: 'latest' });
  const rows = new Map();
  hub.on('price', (n) => {
    const { symbol, price } = n.json();
    const row = rows.get(symbol) ?? insert(table, rows, symbol, price);
    const moved = price - row.price;
    Object.assign(row, { price });
    row.line.add(price);
    row.value.textContent = number(price);
    row.change.textContent = percent(price / row.first - 1);
    row.change.dataset.moved = price < row.first ? 'down' : 'up';
    row.flash(moved < 0 ? 'down' : 'up');
  });
  return hub;
}

const percent = (part) => `${part < 0 ? '−' : '+'}${Math.abs(part * 100).toFixed(2)} %`;

function insert(table, rows, symbol, price) {
  const [value, change] = [make('td', { class: 'number' }), make('td', { class: 'number' })];
  const line = new Line({ most: 40, width: 96, height: 24 });
  const name = make('th', { scope: 'row' }, symbol);
  const row = { symbol, price, first: price, line, value, change };
  row.flash = (moved) => {
    value.dataset.moved = moved;
    value.getAnimations().forEach((each) => each.cancel());
    const colour = getComputedStyle(value).getPropertyValue(`--${moved}`);
    value.animate([{ backgroundColor: colour }, {}], { duration: 900 });
  };
  rows.set(symbol, row);
  const next = [...rows.keys()].sort().indexOf(symbol);
  const place = make('tr', { 'data-symbol': symbol }, name, make('td', {}, line.element), value, change);
  table.insertBefore(place, table.children[next] ?? null);
  return row;
}

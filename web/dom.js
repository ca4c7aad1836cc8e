// Small helpers that every other file uses: elements, numbers as the page writes them.

export const byId = id => document.getElementById(id);

/** An element with a class and a text; text goes in as text, never as markup. */
export function make(tag, name, text) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text != null) element.textContent = text;
  return element;
}

export function button(name, text, press, label) {
  const element = make('button', name, text);
  element.type = 'button';
  element.onclick = press;
  if (label) { element.setAttribute('aria-label', label); element.title = label; }
  return element;
}

// What JSON has no number for comes as a word.
const odd = { '-inf': '−∞', inf: '∞', nan: 'NaN' };
const minus = text => text.replace(/-/g, '−');

/** A number short enough for a chip. */
export function short(value) {
  if (typeof value !== 'number') return odd[value] ?? String(value);
  const size = Math.abs(value);
  if (size !== 0 && size < 0.00095 || size >= 1e6) return minus(value.toExponential(1));
  return minus(value.toFixed(size >= 1000 ? 0 : size >= 100 ? 1 : size >= 0.0095 || size === 0 ? 2 : 4));
}

/** A number with as many digits as are worth reading. */
export function exact(value) {
  return typeof value === 'number' ? minus(String(+value.toPrecision(6))) : odd[value] ?? String(value);
}

/** A share of one as a percentage, without claiming that almost all is all. */
export function percent(share) {
  if (typeof share !== 'number') return exact(share);
  if (share > 0 && share < 0.01) return '<1%';
  if (share < 1 && share > 0.99) return '>99%';
  return Math.round(share * 100) + '%';
}

/** Sets a formula smaller until it fits its room; one that cannot is marked, and can be scrolled. */
export function fit(element, most, least) {
  element.style.fontSize = `${most}px`;
  const share = Math.min(element.clientWidth / element.scrollWidth, element.clientHeight / element.scrollHeight);
  if (share < 1) element.style.fontSize = `${Math.max(least, Math.floor(most * share * 9.6) / 10)}px`;
  element.classList.toggle('long', element.scrollWidth > element.clientWidth + 1);
}

/** Keeps the focus on the same button of a bar that is built anew. */
export function keepingFocus(bar, build) {
  const at = [...bar.querySelectorAll('button, input')].indexOf(document.activeElement);
  build();
  if (at >= 0) bar.querySelectorAll('button, input')[at]?.focus({ preventScroll: true });
}

// A slider whose number can also be typed, and small shared pieces of the panel of changes.
import { make } from './dom.js';

let dials = 0;

/**
 * A labelled slider with its number: `{element, set}`. `turned(value, isFirst)` is told of each new value, and whether a
 * new drag began with it; what is out of the slider's range may still be typed.
 */
export function dial({ label, name, least, most, step, typed = [least, most], words }, turned) {
  const element = make('div', 'dial'), range = make('input'), number = make('input'), id = `dial-${dials += 1}`;
  const head = make('label', '', label);
  head.htmlFor = id;
  Object.assign(range, { type: 'range', min: least, max: most, step });
  range.setAttribute('aria-label', name ?? label);
  Object.assign(number, { type: 'number', id, min: typed[0], max: typed[1], step: 'any', inputMode: 'decimal' });
  if (name) number.setAttribute('aria-label', name);
  let isDragged = false;
  range.oninput = () => {
    const isFirst = !isDragged;
    isDragged = true;
    number.value = range.value;
    turned(Number(range.value), isFirst);
  };
  range.onchange = () => { isDragged = false; };
  number.onchange = () => {
    const value = Math.min(typed[1], Math.max(typed[0], Number(number.value)));
    if (number.value === '' || !Number.isFinite(value)) return;
    turned(value, true);
  };
  const hint = make('span', 'hint-word');
  element.append(head, range, number, hint);
  const set = value => {
    if (Number(range.value) !== value) range.value = value;
    if (document.activeElement !== number || Number(number.value) !== value) number.value = value;
    hint.textContent = words?.(value) ?? '';
  };
  return { element, set };
}

/** A share as a percentage with its first digits. */
export function share(value) {
  if (typeof value !== 'number') return '–';
  const percents = value * 100;
  if (percents > 0 && percents < 0.01) return '<0.01%';
  return `${percents >= 99.95 && percents < 100 ? percents.toFixed(2) : percents >= 1 ? percents.toFixed(1) : percents.toFixed(2)}%`;
}

export function section(title, ...content) {
  const element = make('section', 'change-part'), head = make('h3', '', title);
  element.append(head, ...content);
  return element;
}

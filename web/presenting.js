// In front of a class: the figure alone, in large type; a remote's keys, a tap at either edge, a swipe; notes on request.
import { byId, make } from './dom.js';
import { data } from './engine.js';
import { say } from './words.js';
import { state, isLive } from './state.js';
import { page, focus, stackOf, figureNamed } from './run.js';

/** How much of the figure's width is an edge, and how far a finger goes to turn the page. */
const edge = 0.12, swipe = 56;

let acts = null;

/** `acts`: {step(count), leave(), notes()}. */
export function connectPresenting(given) {
  acts = given;
  const room = byId('figure');
  room.addEventListener('click', event => {
    const way = wayOfTap(event, room);
    if (!way) return;
    event.stopImmediatePropagation();
    acts.step(way);
  }, true);
  let start = null;
  room.addEventListener('pointerdown', event => {
    start = event.pointerType === 'touch' && event.isPrimary && !room.classList.contains('wide')
      ? { x: event.clientX, y: event.clientY } : null;
  });
  room.addEventListener('pointerup', event => {
    if (!start) return;
    const [x, y] = [event.clientX - start.x, event.clientY - start.y];
    start = null;
    if (Math.abs(x) > swipe && Math.abs(x) > 2 * Math.abs(y)) acts.step(x < 0 ? 1 : -1);
  });
  room.addEventListener('pointercancel', () => { start = null; });
  document.addEventListener('fullscreenchange', () => {
    // Escape leaves the full screen, and with it the presentation.
    if (!document.fullscreenElement && state.present && wasFull) acts.leave();
    wasFull = Boolean(document.fullscreenElement);
  });
  byId('notes').onclick = acts.notes;
}

let wasFull = false;

function wayOfTap({ target, clientX }, room) {
  if (!state.present || target.closest('[data-at]')) return 0;
  const { left, width } = room.getBoundingClientRect(), place = (clientX - left) / width;
  return place < edge ? -1 : place > 1 - edge ? 1 : 0;
}

/** Which way a key of a presenter's remote turns; 0 for any other. */
export function wayOfKey(key, place) {
  if (!state.present || key === ' ' && /^(BUTTON|SUMMARY|A)$/.test(place?.tagName ?? '')) return 0;
  return { PageUp: -1, PageDown: 1, ArrowUp: -1, ArrowDown: 1, ' ': 1 }[key] ?? 0;
}

export function goFull(isOn) {
  if (isOn) document.documentElement.requestFullscreen?.().catch(() => {});
  else if (document.fullscreenElement) document.exitFullscreen();
  // A remote's keys are for the page, not for the button that was pressed.
  if (isOn) document.activeElement?.blur?.();
}

// ---- notes

/** What to say of the figure, and the command that draws it outside the page. */
export function showNotes() {
  const sheet = byId('notes-sheet'), isOpen = state.present && state.notes;
  byId('notes').setAttribute('aria-pressed', isOpen);
  byId('notes').setAttribute('aria-label', say('notes'));
  byId('notes').title = say('notes');
  sheet.hidden = !isOpen;
  sheet.textContent = '';
  if (!isOpen || !page.figure) return;
  sheet.setAttribute('aria-label', say('notes'));
  const { alt, note } = page.figure;
  sheet.append(make('p', '', [alt, note].filter(Boolean).join(' ')));
  const command = commandOf();
  if (command) sheet.append(make('code', '', command));
}

const quoted = text => /^[\w\u4e00-\u9fff.,-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`;

/** Of a text that a shipped model read: the line that draws the same figure. */
function commandOf() {
  const figure = figureNamed(page.shown), [source] = data.sources;
  if (!isLive() || data.lesson || !figure || state.table || source?.kind !== 'model') return '';
  const words = ['glassformer draw', state.text.startsWith('-') ? `-- ${quoted(state.text)}` : quoted(state.text)];
  const put = (name, value) => words.splice(1, 0, `--${name} ${value}`);
  if (state.theme === 'dark') put('theme', 'dark');
  put('language', state.language);
  put('position', focus(stackOf(figure)));
  if (figure.head !== undefined) put('head', figure.head);
  if (figure.layer !== undefined) put('layer', figure.layer);
  if (figure.stack) put('stack', figure.stack);
  put('figure', figure.kind);
  put('model', quoted(source.name));
  return words.join(' ');
}

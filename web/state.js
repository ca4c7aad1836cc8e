// What the page shows. It lives in the address, so that back, forward, reload and a sent link show the same place.
import { data } from './engine.js';
import { noChanges, writeChanges, readChanges } from './changes-state.js';

const isOfModel = data.sources[0]?.kind === 'model' || Boolean(data.lesson);

/** Whether a text can be typed: a run that is over has its own. */
export const isLive = () => isOfModel && !state.file;

const preferred = /^zh/i.test(navigator.language) ? 'zh-Hans' : 'en';

/** What learns in the page, and the options of each. */
export const rooms = data.program ? ['playground', 'perceptron'] : [];
const playKeys = ['data', 'noise', 'share', 'batch', 'features', 'hidden', 'activation', 'regularization', 'decay', 'rate',
  'seed', 'test', 'split', 'cases', 'wanted', 'weights', 'threshold'];

/** Chosen by the reader. */
export const state = {
  /** What learns in the page, in place of the model: one of `rooms`; and its options as the address has them. */
  room: data.room ?? null, play: {},
  text: data.start ?? '', language: data.language || preferred, theme: null,
  kind: data.slides[0]?.id ?? data.story?.[0] ?? 'attention-pattern', stack: '', layer: 0, head: 0,
  /** A run that was opened since, by its file's name, in place of what the page was made of. */
  file: null,
  /** A step whose numbers are shown as they are, in place of a figure. */
  table: null,
  /** Which picture of the figure; -1 for the last. */
  frame: -1,
  /** The token that asks, in the text and in what was written; -1 for the last. */
  position: -1, target: -1,
  /** The number that is explained: {step, index}. */
  cell: null,
  /** Of a chapter: its step, which of the step's figures, and whether its words are open on a narrow page. */
  step: 0, figure: 0, reading: true,
  /** Whether the page asks before it shows, and what was answered here: an option's place; -1 for nothing yet. */
  first: false, answer: -1,
  /** Shown to a class: the figure alone, in large type; and with notes under it. */
  present: Boolean(data.story), notes: false,
  /** How fast the stages are played. */
  speed: 'normal',
  ...noChanges,
};

const dark = matchMedia('(prefers-color-scheme: dark)');
export const themeNow = () => state.theme ?? (dark.matches ? 'dark' : 'light');
export const whenThemeChanges = act => dark.addEventListener('change', act);

const initial = { ...state };
const whole = text => /^\d{1,6}$/.test(text ?? '') ? Number(text) : -1;

function place({ room, table, stack, layer, head, kind }) {
  if (room) return room;
  return table ? `table/${table}` : `${stack ? stack + '.' : ''}L${layer}H${head}/${kind}`;
}

/** Short enough for a board: what is as at the start is left out, and what an address may hold stays as it is. */
function written(state) {
  const parts = [], put = (name, value) => parts.push(`${name}=${encodeURIComponent(value).replace(/%20/g, '+')
    .replace(/%2F/g, '/').replace(/%3A/g, ':').replace(/%2C/g, ',')}`);
  if (state.room) {
    put('at', state.room);
    for (const [key, value] of Object.entries(state.play)) if (value !== undefined) put(key, value);
    if (state.language !== initial.language) put('language', state.language);
    if (state.theme) put('theme', state.theme);
    return '#' + parts.join('&');
  }
  if (state.file) put('file', state.file);
  if (isOfModel && !state.file && state.text !== initial.text) put('text', state.text);
  // What a chapter's step shows by itself depends on the step.
  if (data.lesson || place(state) !== place(initial)) put('at', place(state));
  if (state.step > 0) put('step', state.step);
  if (state.figure > 0) put('figure', state.figure);
  if (state.language !== initial.language) put('language', state.language);
  if (state.theme) put('theme', state.theme);
  if (state.frame >= 0) put('frame', state.frame);
  if (state.position >= 0) put('position', state.position);
  if (state.target >= 0) put('target', state.target);
  if (state.present !== initial.present) put('present', state.present ? 'yes' : 'no');
  if (state.notes) put('notes', 'yes');
  if (state.speed !== 'normal') put('speed', state.speed);
  if (state.first) put('first', 'yes');
  if (state.first && state.answer >= 0) put('answer', state.answer);
  if (state.cell) put('cell', `${state.cell.step}:${state.cell.index.join(',')}`);
  writeChanges(state, put);
  return parts.length ? '#' + parts.join('&') : '';
}

/** Reads the address; what it does not say is as at the start. */
export function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  Object.assign(state, initial);
  state.file = parts.get('file') || null;
  if (isLive() && parts.has('text')) state.text = parts.get('text');
  if (['en', 'zh-Hans'].includes(parts.get('language'))) state.language = parts.get('language');
  if (['light', 'dark'].includes(parts.get('theme'))) state.theme = parts.get('theme');
  const at = parts.get('at') ?? '';
  const figure = /^(?:(encoder|decoder)\.)?L(\d{1,4})H(\d{1,4})\/([\w-]+)$/.exec(at);
  if (figure) Object.assign(state, {
    stack: figure[1] ?? '', layer: Number(figure[2]), head: Number(figure[3]), kind: figure[4] });
  else if (rooms.includes(at)) {
    state.room = at;
    state.play = Object.fromEntries(playKeys.filter(key => parts.has(key)).map(key => [key, parts.get(key)]));
  } else if (at.startsWith('table/')) state.table = at.slice(6);
  if (['yes', 'no'].includes(parts.get('present'))) state.present = parts.get('present') === 'yes';
  state.notes = parts.get('notes') === 'yes';
  if (['slow', 'fast'].includes(parts.get('speed'))) state.speed = parts.get('speed');
  state.isPlaced = Boolean(at) || !data.lesson;
  state.step = Math.max(0, whole(parts.get('step')));
  state.figure = Math.max(0, whole(parts.get('figure')));
  state.frame = whole(parts.get('frame'));
  state.position = whole(parts.get('position'));
  state.target = whole(parts.get('target'));
  state.first = parts.get('first') === 'yes';
  state.answer = whole(parts.get('answer'));
  // What a question makes of it depends on where it came from.
  state.isRead = true;
  Object.assign(state, readChanges(parts));
  const cell = /^([^:]+):(\d{1,6}(?:,\d{1,6})*)$/.exec(parts.get('cell') ?? '');
  state.cell = cell ? { step: cell[1], index: cell[2].split(',').map(Number) } : null;
  kept = location.hash;
}

/** The address for others: the same place, each in the language and the theme of their own, with all the page around. */
export const sharedAddress = () => location.href.split('#')[0]
  + written({ ...state, language: initial.language, theme: null, present: initial.present });

let kept = '', waiting = 0;

/** Writes the address: as a new place to come back to, or, a moment after the last keystroke, over the present one. */
export function keepAddress(isNewPlace) {
  clearTimeout(waiting);
  if (isNewPlace) writeAddress(true); else waiting = setTimeout(writeAddress, 300, false);
}

function writeAddress(isNewPlace) {
  const address = written(state);
  if (address === kept) return;
  kept = address;
  history[isNewPlace ? 'pushState' : 'replaceState'](null, '', address || ' ');
  document.dispatchEvent(new Event('glassformer-place'));
}

/** Whether the address was changed by someone else: typed, or gone back to. */
export const addressIsNew = () => location.hash !== kept;

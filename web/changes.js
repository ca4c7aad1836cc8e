// Change and see: the panel that takes the why-panel's place, and the strip that says what is changed.
import { byId, make, button } from './dom.js';
import { say } from './words.js';
import { data } from './engine.js';
import { state } from './state.js';
import { page, figureNamed } from './run.js';
import { isChanged, isSampling, factorOf, withFactor, noChanges } from './changes-state.js';
import { partOnScreen, partOfCell, neuronPart, markChanges } from './changes-parts.js';
import { dial, section } from './changes-dial.js';
import { askGuess, guessTable, guessTitle, guessHint, samplingDials } from './changes-guess.js';
import { fillGrid } from './changes-grid.js';
import { patchForm } from './changes-patch.js';

/** What a press does, given by the page: `change` the state, `slide` it while something is dragged, `write` on. */
let changeActs = null, panel = null, strip = null;

export function connectChanges(given) {
  changeActs = { ...given,
    factor: (part, value) => given.change({ ...withFactor(state, part, value), before: false }),
    put: (place, id) => given.change({ put: [...putBefore(place), place, id], position: -1, target: -1, cell: null }),
  };
  strip = make('div');
  strip.id = 'changed';
  strip.hidden = true;
  document.querySelector('main .head').after(strip);
  byId('change').hidden = !data.sources.length;
  byId('change').onclick = () => given.change({ changing: !state.changing, cell: null });
}

/** What was put before a place; what stands there or behind was chosen after other words. */
function putBefore(place) {
  if (page.run.next.kind === 'hidden') return state.put.filter((_, at) => state.put[at - at % 2] !== place);
  return state.put.filter((_, at) => state.put[at - at % 2] < place);
}

/** Everything as the model and the text are. */
const restored = () => ({ ...noChanges, changing: state.changing });

// ---- asked for before anything is shown

/** The answers that the open panel needs; null where it is closed. */
export const changesAnswer = () => state.changing && page.run.changes ? askGuess() : null;

let guess = null;

/** Shows what was changed, everywhere: after the map and the figure were drawn. */
export function showChanges(answer) {
  guess = answer;
  byId('change').setAttribute('aria-pressed', state.changing);
  byId('change').setAttribute('aria-label', say('changeSee'));
  byId('change').title = say('changeSee');
  byId('change-word').textContent = say('change');
  showStrip();
  if (page.run.changes) markChanges();
  if (state.changing && panel?.element.isConnected) fillPanel();
}

// ---- the strip

let stripOf = '';

function showStrip() {
  const isOn = isChanged(state) || state.put.length > 0;
  strip.hidden = !isOn;
  const key = JSON.stringify([isOn, state.language, page.run.changes, state.put, state.before]);
  if (key === stripOf) return;
  stripOf = key;
  strip.textContent = '';
  if (!isOn) return;
  strip.setAttribute('role', 'group');
  strip.setAttribute('aria-label', say('changedRun'));
  const chips = make('div', 'changed-list');
  for (const change of page.run.changes ?? []) {
    chips.append(removable(change.title, change.words, () => changeActs.change(without(change))));
  }
  const tokens = state.put.filter((_, at) => at % 2 === 0).map(place => [place, tokenAt(place)]);
  for (const [place, label] of tokens) {
    chips.append(removable('+', label, () => changeActs.change({ put: putBefore(place), position: -1, target: -1, cell: null })));
  }
  strip.append(chips);
  if (isChanged(state)) {
    const pair = make('div', 'choice');
    for (const [isBefore, word] of [[true, 'before'], [false, 'after']]) {
      const key = button('', say(word), () => changeActs.change({ before: isBefore, cell: null }));
      key.setAttribute('aria-pressed', state.before === isBefore);
      pair.append(key);
    }
    strip.append(pair);
  }
  const restore = button('restore', '↺ ', () => changeActs.change(restored()), say('asItWas'));
  restore.append(make('span', '', say('asItWas')));
  strip.append(restore);
}

function removable(title, words, press) {
  const chip = button('changed-chip', '', press, say('remove', { part: `${title} ${words}` }));
  chip.append(make('b', '', title), ` ${words} `, make('i', '', '×'));
  return chip;
}

const tokenAt = place => (page.run.next.kind === 'translation' ? page.run.target : page.run.tokens)[place]?.label ?? '';
const without = ({ key, text }) => ({ [key]: state[key].filter(one => one !== text) });

// ---- the panel

/** The panel, filled; it stays the same as long as it is open, so that a slider can be dragged. */
export function changesPanel() {
  if (panel?.language !== state.language) panel = newPanel();
  requestAnimationFrame(() => { if (panel.element.isConnected) fillPanel(); });
  return panel.element;
}
export const isChangesPanelOpen = () => Boolean(panel?.element.isConnected) && panel.language === state.language;

function newPanel() {
  const element = make('div', 'changes'), made = { element, language: state.language };
  made.guess = make('div', 'guess-room');
  made.sampling = samplingDials(changeActs);
  const drawn = make('details');
  drawn.append(make('summary', '', say('sampling')), made.sampling.element);
  drawn.open = isSampling(state);
  made.keys = make('div', 'keys');
  made.here = make('div', 'here-room');
  made.list = make('div', 'list-room');
  made.rows = new Map();
  made.patch = patchForm(changeActs);
  made.grid = make('div', 'grid-room');
  const ways = made.ways = make('div', 'ways');
  made.outcome = section('', made.guess, made.keys, drawn);
  const matters = made.matters = section(say('matters'), button('wide', say('mattersAsk'),
    event => { event.target.hidden = true; changeActs.change({ grid: true }); }), made.grid);
  element.append(made.outcome, section(say('here'), made.here, made.list), matters,
    ...made.patch ? [made.patch.element] : [], section(say('seeAlso'), ways));
  return made;
}

function fillPanel() {
  fillGuess();
  fillHere();
  fillList();
  panel.patch?.set();
  panel.matters.hidden = !guess;
  panel.matters.querySelector('.wide').hidden = state.grid;
  panel.grid.hidden = !state.grid;
  if (state.grid && guess) fillGrid(panel.grid, changeActs);
  fillWays();
}

function fillGuess() {
  panel.outcome.hidden = !guess;
  if (!guess) return;
  panel.outcome.querySelector('h3').textContent = guessTitle(guess);
  panel.guess.replaceChildren(guessTable(guess, changeActs), make('p', 'sentence', guess.sentence),
    make('p', 'note', guessHint(guess)));
  panel.sampling.set();
  panel.outcome.querySelector('details').hidden = guess.kept === undefined;
  const keys = [];
  if (guess.put !== undefined || guess.kind === 'translation') {
    if (guess.kind === 'translation') keys.push(button('', say('writeAll'), () => changeActs.write(64)));
    else keys.push(button('', say('drawOne'), () => changeActs.write(1)));
    if (guess.kind === 'next') keys.push(button('', say('writeOn', { n: 8 }), () => changeActs.write(8)));
  }
  if (state.put.length) keys.push(button('', say('takeBack'),
    () => changeActs.change({ put: state.put.slice(0, -2), position: -1, target: -1, cell: null })));
  panel.keys.replaceChildren(...keys);
}

// ---- one part: a switch and a slider

function partRow(part) {
  const element = make('div', 'part-row'), name = make('b', '', part.title);
  const key = button('switch', '', () => changeActs.factor(part.name, factorOf(state, part.name) === 0 ? 1 : 0));
  const slider = dial({ label: say('times'), name: say('factorOf', { part: part.title }), least: -1, most: 2, step: 0.05,
    typed: [-100, 100] }, (value, isFirst) => changeActs.slide({ ...withFactor(state, part.name, value), before: false }, isFirst));
  key.setAttribute('role', 'switch');
  key.setAttribute('aria-label', part.title);
  element.append(name, key, slider.element);
  const set = () => {
    const factor = factorOf(state, part.name);
    key.setAttribute('aria-checked', factor !== 0);
    key.textContent = say(factor === 0 ? 'off' : 'on');
    slider.set(factor);
  };
  return { element, set };
}

/** A row for a part, the same one as long as the panel is open. */
function rowOf(part) {
  const known = panel.rows.get(part.name);
  if (known) return known;
  const row = partRow(part);
  panel.rows.set(part.name, row);
  return row;
}

function keepRows(room, rows) {
  const elements = rows.map(row => row.element ?? row);
  // A row that is being dragged must not leave its place.
  if ([...room.children].some((child, at) => child !== elements[at]) || room.children.length !== elements.length) {
    room.replaceChildren(...elements);
  }
  for (const row of rows) row.set?.();
}

function fillHere() {
  const part = partOnScreen();
  if (!part) return keepRows(panel.here, [panel.noPart ??= make('p', 'note', say('chooseHead'))]);
  const rows = [rowOf(part)];
  if (part.isForward) rows.push(neuronForm(part));
  keepRows(panel.here, rows);
}

/** A neuron by its number. */
function neuronForm({ stack, layer }) {
  const key = `form ${stack} ${layer}`, known = panel.rows.get(key);
  if (known) return known;
  const step = page.run.parts.flatMap(p => p.kind === 'layer' && p.layer === layer && p.stack === stack ? p.pictures : [])
    .find(p => p.step.endsWith('mlp.post'))?.step;
  const count = page.pictures.get(step)?.shape.at(-1) ?? 1, form = make('form', 'line-form'), number = make('input');
  Object.assign(number, { type: 'number', min: 0, max: count - 1, step: 1, value: 0, required: true });
  const label = make('label', '', `${say('neuron')} (0–${count - 1}) `), press = make('button', '', say('switchOff'));
  label.append(number);
  form.append(label, press);
  form.onsubmit = event => {
    event.preventDefault();
    changeActs.factor(neuronPart(stack, layer, Number(number.value)).name, 0);
  };
  panel.rows.set(key, form);
  return form;
}

/** Every other part that is changed. */
function fillList() {
  const shown = partOnScreen()?.name, rows = [];
  for (const text of [...state.off, ...state.scale]) {
    const name = text.split('=')[0], change = (page.run.changes ?? []).find(c => c.text === text);
    if (name === shown || name.includes(':')) continue;
    rows.push(rowOf({ name, title: change?.title ?? name }));
  }
  keepRows(panel.list, rows);
}

/** Figures that answer what one asks while changing things. */
function fillWays() {
  const kinds = ['two-runs', 'logit-lens', 'why-this-score', 'temperature', 'which-head-matters'];
  const found = kinds.map(kind => page.run.figures.find(f => f.kind === kind)).filter(Boolean);
  panel.ways.replaceChildren(...found.map(figure => {
    const key = button('reader', `→ ${figure.title}`, () => changeActs.go(figure));
    if (figure.name === page.shown) key.setAttribute('aria-current', 'true');
    return key;
  }));
}

// ---- beside the arithmetic of a number

/** What of the model a number lies in, to be changed there; and the figures that say why a score is what it is. */
export function changeOfCell(why) {
  const element = make('div', 'change-here'), part = partOfCell(why);
  if (part && page.run.changes) {
    const isOff = factorOf(state, part.name) === 0;
    element.append(button('wide', `${part.title}: ${say(isOff ? 'on' : 'switchOff')}`, () => changeActs.factor(part.name, isOff ? 1 : 0)));
  }
  if (/(^|\.)(mlm_)?(logits|probabilities)$/.test(why.step.name)) {
    for (const kind of ['why-this-score', 'logit-lens']) {
      const figure = page.run.figures.find(f => f.kind === kind);
      if (figure && figureNamed(page.shown) !== figure) element.append(button('reader', `→ ${figure.title}`, () => changeActs.go(figure)));
    }
  }
  return element;
}

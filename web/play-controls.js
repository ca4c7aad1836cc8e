// The playground's controls: the run, its settings, the data.
import { make, button } from './dom.js';
import { say } from './words.js';
import { playing, startRun, stopRun, advance } from './play-run.js';
import { playChoice, rates, decays, activations, regularizations } from './play-options.js';
import { paintPreview } from './play-output.js';

let barParts = null, dataPart = null, barActs = null;

const icons = {
  reset: 'M4.200 10a5.800 5.800 0 1 0 1.900-4.300M4 3.200v3.400h3.400', step: 'M5 4l7 6-7 6zM14.500 4v12',
};

function iconButton(name, act) {
  const element = button('icon', null, act), space = 'http://www.w3.org/2000/svg';
  const picture = document.createElementNS(space, 'svg'), path = document.createElementNS(space, 'path');
  picture.setAttribute('viewBox', '0 0 20 20');
  picture.setAttribute('aria-hidden', 'true');
  for (const [key, value] of Object.entries({ d: icons[name], fill: 'none', stroke: 'currentColor', 'stroke-width': 1.8,
    'stroke-linecap': 'round', 'stroke-linejoin': 'round' })) path.setAttribute(key, value);
  picture.append(path);
  element.append(picture);
  return element;
}

/** A field with its name above it. */
function namedField(element) {
  const label = make('label', 'play-field'), words = make('span');
  label.append(words, element);
  return { label, words, element };
}

function selection(key, values) {
  const field = namedField(make('select'));
  field.element.onchange = () => barActs.choose({ [key]: field.element.value });
  return { ...field, key, values };
}

function slider(key, least, most, step, unit) {
  const input = make('input'), field = namedField(input), value = make('output');
  Object.assign(input, { type: 'range', min: least, max: most, step });
  field.words.after(value);
  input.oninput = () => {
    value.textContent = input.value + unit;
    barActs.choose({ [key]: input.value }, true);
  };
  return { ...field, key, value, unit };
}

function label(element, words) {
  element.setAttribute('aria-label', words);
  element.title = words;
}

export function buildBar(given) {
  barActs = given;
  const element = make('section', 'play-bar'), runs = make('div', 'play-runs');
  const reset = iconButton('reset', () => given.reset()), start = button('icon play go', null, toggleRun);
  const step = iconButton('step', () => advance({ epochs: 1 }));
  start.innerHTML = document.getElementById('play').innerHTML;
  const update = button('text', null, () => advance({ updates: 1 }));
  const clock = make('div', 'play-clock'), clockName = make('span'), clockValue = make('b'), clockPart = make('small');
  clock.append(clockName, clockValue, clockPart);
  runs.append(reset, start, step, update, clock);
  const speed = selection('speed', ['1', '5', '25']);
  speed.element.onchange = () => { playing.speed = Number(speed.element.value); };
  const fields = [selection('rate', rates.map(String)), selection('activation', activations),
    selection('regularization', regularizations), selection('decay', decays.map(String))];
  const problem = selection('problem', ['classification', 'regression']);
  problem.element.onchange = () => given.choose({ data: problem.element.value === 'regression' ? 'regress-plane' : 'circle' });
  const settings = make('div', 'play-settings');
  settings.append(...[...fields, problem, speed].map(field => field.label));
  element.append(runs, settings);
  barParts = { element, reset, start, step, update, clock, clockName, clockValue, clockPart, speed, problem, fields };
  return element;
}

export function toggleRun() {
  if (playing.isRunning) { stopRun(); barActs.rested(); } else startRun();
  paintBar();
}

/** The engine's numbers as a reader writes them: 0.00001, not 1e-5. */
const plain = text => Number(text) < 0.0001 && Number(text) > 0 ? Number(text).toFixed(5) : text;

function fill({ element, words, values }, name, value, wordOf) {
  words.textContent = name;
  const all = values.includes(value) ? values : [...values, value];
  element.replaceChildren(...all.map(own => {
    const option = make('option', '', wordOf(own));
    option.value = own;
    return option;
  }));
  element.value = value;
}

/** Names and values, in the reader's language. */
export function showBar() {
  const choice = playChoice(), names = ['playRate', 'playActivation', 'playRegularization', 'playDecay'];
  label(barParts.reset, say('playReset'));
  label(barParts.step, say('playStep'));
  barParts.update.textContent = say('playUpdate');
  barParts.update.title = say('playUpdateHint', { n: choice.batch });
  barParts.clockName.textContent = say('epoch');
  const word = own => own === 'none' || own === 'linear' ? say(own) : { relu: 'ReLU', l1: 'L1', l2: 'L2' }[own] ?? plain(own);
  barParts.fields.forEach((field, at) => fill(field, say(names[at]), String(choice[field.key]), word));
  barParts.fields[3].element.disabled = choice.regularization === 'none';
  fill(barParts.problem, say('playProblem'), playing.info.regression ? 'regression' : 'classification', say);
  fill(barParts.speed, say('playSpeed'), String(playing.speed), own => `× ${own}`);
  paintBar();
}

export function paintBar() {
  const { frame, isRunning, info } = playing;
  barParts.start.classList.toggle('on', isRunning);
  const words = say(isRunning ? 'playPause' : 'playRun');
  if (barParts.start.title !== words) label(barParts.start, words);
  if (!frame) return;
  barParts.clockValue.textContent = String(frame.epoch).padStart(5, '0').replace(/(\d)(?=(\d{3})+$)/g, '$1,');
  barParts.clockPart.textContent = frame.update ? say('epochPart', { n: frame.update, all: info.updates }) : '';
}

// ---- data

export function buildData(choose) {
  const element = make('section', 'play-data'), title = make('h3'), sets = make('div', 'play-sets');
  sets.setAttribute('role', 'radiogroup');
  const share = slider('share', 10, 90, 10, ' %'), noise = slider('noise', 0, 50, 5, ' %'), batch = slider('batch', 1, 30, 1, '');
  const seed = button('play-seed', null, () => choose({ seed: (playChoice().seed + 1) % 1000000 })), now = make('small');
  element.append(title, sets, share.label, noise.label, batch.label, seed, now);
  dataPart = { element, title, sets, share, noise, batch, seed, now, choose };
  return element;
}

export function showData() {
  const choice = playChoice(), { sets } = playing.sets, focused = dataPart.sets.contains(document.activeElement);
  dataPart.title.textContent = say('playData');
  dataPart.sets.setAttribute('aria-label', say('playData'));
  const own = sets.filter(set => set.regression === playing.info.regression);
  dataPart.sets.replaceChildren(...own.map(set => {
    const one = button('play-set', null, () => dataPart.choose({ data: set.data }), set.title), canvas = make('canvas');
    one.setAttribute('role', 'radio');
    one.setAttribute('aria-checked', set.data === choice.data);
    one.tabIndex = set.data === choice.data ? 0 : -1;
    one.append(canvas, make('span', '', set.title));
    return one;
  }));
  own.forEach((set, at) => paintPreview(dataPart.sets.children[at].firstChild, set.points));
  dataPart.sets.onkeydown = event => {
    const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const at = own.findIndex(set => set.data === choice.data);
    dataPart.choose({ data: own[(at + way + own.length) % own.length].data });
  };
  if (focused) dataPart.sets.querySelector('[aria-checked=true]')?.focus({ preventScroll: true });
  for (const [part, name] of [[dataPart.share, 'playShare'], [dataPart.noise, 'playNoise'], [dataPart.batch, 'playBatch']]) {
    part.words.textContent = say(name);
    part.element.value = choice[part.key];
    part.value.textContent = choice[part.key] + part.unit;
  }
  dataPart.seed.textContent = say('playSeed');
  dataPart.now.textContent = say('seedNow', { n: choice.seed });
}

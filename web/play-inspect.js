// A neuron of the playground from near: its bias and weights, to be set by hand, and what the next update does to one.
import { make, button, exact } from './dom.js';
import { say } from './words.js';
import { play } from './play-engine.js';
import { playing, setByHand, stopRun } from './play-run.js';
import { arithmetic } from './arithmetic.js';
import { inputName, neuronName, markOpen } from './play-network.js';

/** The neuron whose numbers are opened, and the number of it that is explained. */
let opened = null, rows = [], inspector = null, whyRoom = null, sequence = [], token = 0;

export function buildInspector() {
  inspector = make('section', 'play-inspect');
  inspector.setAttribute('aria-live', 'off');
  return inspector;
}

/** Opens a neuron, or closes what is opened; a link opens the neuron that it leads to. */
export function openNeuron(layer, neuron, input) {
  opened = layer === null ? null : { layer, neuron };
  sequence = [];
  showInspector();
  markOpen(opened);
  if (opened) {
    (rows[input === undefined ? 0 : input + 1] ?? rows[0]).number.focus({ preventScroll: false });
    inspector.scrollIntoView({ block: 'nearest' });
  }
}

let inspectorKey = '';

/** Built anew: another network, another language. */
export function showInspector() {
  const key = JSON.stringify([opened, playing.info.widths, playing.key, say('byHand')]);
  if (key === inspectorKey) return;
  inspectorKey = key;
  inspector.textContent = '';
  rows = [];
  whyRoom = null;
  const { widths } = playing.info;
  if (opened && (opened.layer >= widths.length - 1 || opened.neuron >= widths[opened.layer + 1])) opened = null;
  inspector.parentElement.classList.toggle('asking', opened !== null);
  markOpen(opened);
  if (!opened) {
    inspector.append(make('h3', '', say('byHand')), make('p', 'play-hint', say('pressNeuron')));
    return;
  }
  const { layer, neuron } = opened, head = make('h3'), grid = make('div', 'play-numbers');
  head.append(make('span', '', neuronName(layer, neuron)), button('close', '×', () => openNeuron(null), say('close')));
  const indexes = [[neuron], ...Array.from({ length: widths[layer] }, (_, input) => [input, neuron])];
  for (const index of indexes) {
    const isBias = index.length === 1, from = isBias ? say('bias') : inputName(layer, index[0]);
    rows.push(numberRow(from, isBias ? from : say('weightFrom', { name: from }), index, grid));
  }
  whyRoom = make('div', 'play-why');
  whyRoom.append(make('p', 'play-hint', say('whyNextHint')));
  inspector.append(head, grid, whyRoom);
  paintInspector();
}

function numberRow(short, name, index, grid) {
  const label = make('label', '', short), number = make('input'), range = make('input');
  const id = `play-number-${index.join('-')}`;
  Object.assign(number, { type: 'number', step: 0.1, id });
  Object.assign(range, { type: 'range', min: -4, max: 4, step: 0.01 });
  range.setAttribute('aria-label', name);
  number.setAttribute('aria-label', name);
  label.htmlFor = id;
  const set = input => {
    const value = Number(input.value);
    if (input.value === '' || !Number.isFinite(value) || Math.abs(value) > 1000) return;
    setByHand(opened.layer, index, value).then(refreshWhy);
  };
  number.onchange = () => set(number);
  range.oninput = () => set(range);
  const why = button('play-ask', '?', () => { stopRun(); explainFirst(index); }, `${name}: ${say('explainNumber')}`);
  grid.append(label, range, number, why);
  return { number, range, index };
}

/** The newest numbers, but not over what is being typed. */
export function paintInspector() {
  if (!opened || !playing.frame) return;
  const layer = playing.frame.layers[opened.layer], width = playing.info.widths[opened.layer + 1];
  for (const { number, range, index } of rows) {
    const value = index.length === 1 ? layer.biases[index[0]] : layer.weights[index[0] * width + index[1]];
    const text = String(Number(value.toFixed(4)));
    if (document.activeElement !== number && number.value !== text) number.value = text;
    if (document.activeElement !== range || !range.matches(':active')) range.value = value;
  }
}

// ---- the next update

function explainFirst(index) {
  const name = index.length === 1 ? 'neurons.b' : 'neurons.W';
  sequence = [{ step: `blocks.${opened.layer}.${name}.updated`, index }];
  showWhyOf();
}

/** The numbers have changed: what is explained is so no more. */
export function refreshWhy() { if (sequence.length && !playing.isRunning) { sequence.length = 1; showWhyOf(); } }

async function showWhyOf(all = false) {
  const mine = ++token, cell = sequence.at(-1);
  let why = null;
  try { why = await play({ ask: 'explain', ...cell }); } catch { return; }
  if (mine !== token || !whyRoom) return;
  whyRoom.textContent = '';
  const crumbs = make('nav', 'trail');
  sequence.slice(0, -1).forEach((stop, place) => {
    crumbs.append(button('', stop.words, () => { sequence.length = place + 1; showWhyOf(); }), make('span', '', '→'));
  });
  cell.words = why.step.words;
  crumbs.append(make('b', '', why.step.words));
  whyRoom.append(make('h4', '', say('whyNext')));
  if (sequence.length > 1) whyRoom.append(crumbs);
  whyRoom.append(make('p', `what role-${why.step.role}`, why.title), make('p', 'where', why.place),
    make('p', 'value', exact(why.value)), make('p', 'sentence', why.sentence));
  if (!why.tree) return;
  whyRoom.append(arithmetic(why, {
    follow: next => { sequence.push(next); showWhyOf(); }, all, toggle: () => showWhyOf(!all),
  }));
  const total = make('p', 'total');
  total.append(make('span', '', '='), make('span', '', exact(why.value)));
  whyRoom.append(total);
  showTop();
}

/** The explanation comes into sight: in a panel that scrolls, or in the page. */
function showTop() {
  if (inspector.scrollHeight > inspector.clientHeight + 1) inspector.scrollTop = whyRoom.offsetTop - 8;
  else whyRoom.scrollIntoView({ block: 'nearest' });
}

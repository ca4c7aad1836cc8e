// The playground's network: features, layers, the output, each neuron's field, and every link as a line.
import { make, button } from './dom.js';
import { say } from './words.js';
import { paintField, linkColour } from './paint.js';
import { playing, smallSide } from './play-run.js';
import { playChoice, featureNames, mostLayers, mostNeurons } from './play-options.js';

const playSvg = 'http://www.w3.org/2000/svg';
let netActs = null, net = null;
/** Its neurons, `[column][row]`: the features first, the output last. And the links between them. */
let columns = [], links = [], netKey = '';
let netCursor = [0, 0];

/** @param given open(layer, neuron, input): shows a neuron's numbers; choose(changes); point(layer, neuron) or point() */
export function buildNetwork(given) {
  netActs = given;
  net = make('section', 'play-network');
  new ResizeObserver(placeLinks).observe(net);
  return net;
}

const nameOfFeature = at => playing.info.symbolOf[featureNames[at]];
/** What a neuron reads: the name of one of its inputs. */
export function inputName(layer, input) {
  if (layer === 0) return nameOfFeature(featureNames.indexOf(playChoice().features[input]));
  return say('numberOf', { n: input + 1 });
}
export const neuronName = (layer, neuron) => layer === playing.info.widths.length - 2 ? say('outputNeuron')
  : say('neuronOf', { layer: layer + 1, n: neuron + 1 });

/** Builds what the choice asks for; the focus stays where it was. */
export function showNetwork() {
  const { features, hidden } = playChoice(), focused = document.activeElement?.dataset?.cell;
  const key = JSON.stringify([features, hidden]), words = say('playNetwork');
  // What is there already stays: a slider on its way builds nothing anew.
  if (key === netKey && words === net.getAttribute('aria-label')) return;
  netKey = key;
  net.textContent = '';
  [columns, links] = [[], []];
  net.setAttribute('aria-label', words);
  net.append(layersBar(hidden));
  const room = make('div', 'play-net'), picture = document.createElementNS(playSvg, 'svg');
  picture.setAttribute('aria-hidden', 'true');
  room.append(picture);
  room.append(column(say('playFeatures'), null, featureNames.map((name, at) => feature(name, at, features.includes(name)))));
  hidden.forEach((count, layer) => {
    room.append(column(say('layer', { n: layer + 1 }), countButtons(layer, hidden),
      Array.from({ length: count }, (_, at) => neuron(layer, at))));
  });
  room.append(column(say('playOutput'), null, [neuron(hidden.length, 0)]));
  net.append(room);
  makeLinks(picture, features);
  room.addEventListener('keydown', walk);
  markCursor();
  if (focused) net.querySelector(`[data-cell="${focused}"]`)?.focus({ preventScroll: true });
  placeLinks();
}

// ---- what can be added and taken away

function layersBar(hidden) {
  const bar = make('div', 'play-layers');
  const less = button('icon small', '−', () => netActs.choose({ hidden: hidden.slice(0, -1) }), say('dropLayer'));
  const more = button('icon small', '+', () => netActs.choose({ hidden: [...hidden, 2] }), say('addLayer'));
  [less.dataset.cell, more.dataset.cell] = ['less', 'more'];
  less.disabled = hidden.length === 0;
  more.disabled = hidden.length === mostLayers;
  bar.append(less, more, make('h3', '', say(hidden.length === 1 ? 'hiddenLayer' : 'hiddenLayers', { n: hidden.length })));
  return bar;
}

function countButtons(layer, hidden) {
  const bar = make('div', 'play-count');
  const set = count => netActs.choose({ hidden: hidden.map((own, at) => at === layer ? count : own) });
  const less = button('icon small', '−', () => set(hidden[layer] - 1), say('dropNeuron', { n: layer + 1 }));
  const more = button('icon small', '+', () => set(hidden[layer] + 1), say('addNeuron', { n: layer + 1 }));
  [less.dataset.cell, more.dataset.cell] = [`less${layer}`, `more${layer}`];
  less.disabled = hidden[layer] === 1;
  more.disabled = hidden[layer] === mostNeurons;
  bar.append(less, more);
  return bar;
}

function column(title, bar, elements) {
  const element = make('div', 'play-column');
  element.append(make('h4', '', title), bar ?? make('div', 'play-count'));
  const list = make('div', 'play-neurons');
  list.append(...elements.map(one => one.line ?? one.element));
  element.append(list);
  columns.push(elements);
  return element;
}

function field() {
  const canvas = make('canvas');
  canvas.width = canvas.height = smallSide;
  return canvas;
}

function feature(name, at, isOn) {
  const element = button('neuron', null, () => {
    const { features } = playChoice();
    const next = featureNames.filter(own => own === name ? !isOn : features.includes(own));
    if (next.length) netActs.choose({ features: next });
  }, say('playFeature', { name: playing.info.symbolOf[name] }));
  const canvas = field(), line = make('div', 'play-feature');
  element.setAttribute('aria-pressed', isOn);
  element.dataset.cell = `f${at}`;
  element.append(canvas);
  line.append(make('span', '', playing.info.symbolOf[name]), element);
  point(element, () => netActs.point({ feature: at }));
  return { element, line, canvas, isOn };
}

function neuron(layer, at) {
  const element = button('neuron', null, () => netActs.open(layer, at), neuronName(layer, at));
  const canvas = field(), dot = make('i', 'play-bias');
  element.dataset.cell = `n${layer}.${at}`;
  element.append(canvas, dot);
  point(element, () => netActs.point({ layer, neuron: at }));
  return { element, canvas, dot, layer, at };
}

/** What is pointed at, or has the focus, is shown large. */
function point(element, act) {
  element.onpointerenter = act;
  element.onpointerleave = () => netActs.point(null);
  element.addEventListener('focus', () => { if (element.matches(':focus-visible')) act(); });
  element.addEventListener('blur', () => netActs.point(null));
}

// ---- the keyboard: one stop in the row of stops, arrows from neuron to neuron

function markCursor() {
  const [x, y] = netCursor;
  if (!columns[x]?.[y]) netCursor = [0, 0];
  columns.forEach((own, x) => own.forEach(({ element }, y) => {
    element.tabIndex = x === netCursor[0] && y === netCursor[1] ? 0 : -1;
  }));
}

function walk(event) {
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  const x = columns.findIndex(own => own.some(({ element }) => element === document.activeElement));
  if (!way || x < 0) return;
  event.preventDefault();
  event.stopPropagation();
  const y = columns[x].findIndex(({ element }) => element === document.activeElement);
  const to = Math.max(0, Math.min(columns.length - 1, x + way[0]));
  // Sideways to the neuron at the same height.
  const share = (y + 0.5) / columns[x].length;
  const row = way[0] ? Math.floor(share * columns[to].length) : Math.max(0, Math.min(columns[x].length - 1, y + way[1]));
  netCursor = [to, row];
  markCursor();
  columns[to][row].element.focus();
}

// ---- links

function makeLinks(picture, features) {
  const drawn = document.createElementNS(playSvg, 'g'), pressed = document.createElementNS(playSvg, 'g');
  pressed.setAttribute('class', 'press');
  const chosen = features.map(name => featureNames.indexOf(name));
  columns.slice(1).forEach((own, layer) => own.forEach((to, neuron) => {
    const from = layer === 0 ? chosen.map(at => columns[0][at]) : columns[layer];
    from.forEach((source, input) => {
      const path = document.createElementNS(playSvg, 'path'), press = document.createElementNS(playSvg, 'path');
      press.addEventListener('click', () => netActs.open(layer, neuron, input));
      press.addEventListener('pointerenter', () => path.classList.add('over'));
      press.addEventListener('pointerleave', () => path.classList.remove('over'));
      drawn.append(path);
      pressed.append(press);
      links.push({ path, press, source, to, layer, place: input * own.length + neuron, look: '' });
    });
  }));
  picture.append(drawn, pressed);
}

function placeLinks() {
  const room = net.querySelector('.play-net'), picture = room?.querySelector('svg');
  if (!picture) return;
  const origin = room.getBoundingClientRect();
  picture.setAttribute('width', room.scrollWidth);
  picture.setAttribute('height', room.scrollHeight);
  const box = element => element.getBoundingClientRect();
  for (const { path, press, source, to } of links) {
    const a = box(source.element), b = box(to.element);
    const [x, y] = [a.right - origin.left + room.scrollLeft, a.top + a.height / 2 - origin.top];
    const [u, v] = [b.left - origin.left + room.scrollLeft, b.top + b.height / 2 - origin.top], half = (x + u) / 2;
    const d = `M${x.toFixed(1)} ${y.toFixed(1)}C${half.toFixed(1)} ${y.toFixed(1)} ${half.toFixed(1)} ${v.toFixed(1)} ${u.toFixed(1)} ${v.toFixed(1)}`;
    path.setAttribute('d', d);
    press.setAttribute('d', d);
  }
}

/** Paints the newest numbers. */
export function paintNetwork(isDressed) {
  const { frame } = playing, { features, hidden } = playChoice();
  if (!frame || netKey !== JSON.stringify([features, hidden])) return;
  columns[0].forEach(({ canvas }, at) => {
    // A feature's own numbers do not change.
    if (!isDressed) return;
    const values = frame.features[at];
    paintField(canvas, values, smallSide, values.reduce((most, value) => Math.max(most, Math.abs(value)), 0), false);
  });
  const isSplit = playChoice().split;
  columns.slice(1).forEach((own, layer) => own.forEach(({ canvas, dot }, at) => {
    paintField(canvas, frame.neurons[layer][at], smallSide, 1, isSplit);
    const colour = linkColour(frame.layers[layer].biases[at]);
    if (dot.style.backgroundColor !== colour) dot.style.backgroundColor = colour;
  }));
  for (const link of links) {
    const weight = frame.layers[link.layer].weights[link.place];
    const width = Math.min(9, 0.75 + 1.9 * Math.abs(weight)).toFixed(1), look = `${width}${linkColour(weight)}${weight < 0}`;
    if (look === link.look) continue;
    link.look = look;
    link.path.style.strokeWidth = width;
    link.path.style.stroke = linkColour(weight);
    // Not by colour alone.
    link.path.style.strokeDasharray = weight < 0 ? '7 4' : '';
  }
}

/** Marks the neuron whose numbers are open. */
export function markOpen(open) {
  for (const own of columns.slice(1)) {
    for (const { element, layer, at } of own) {
      element.classList.toggle('open', open !== null && open.layer === layer && open.neuron === at);
    }
  }
}

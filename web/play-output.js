// The playground's output: its field with the points, and the losses.
import { make, exact, percent } from './dom.js';
import { say } from './words.js';
import { paintField, pointColour, inkOf } from './paint.js';
import { playing, smallSide, largeSide } from './play-run.js';
import { playChoice, featureNames } from './play-options.js';
import { neuronName } from './play-network.js';

let output = null, largeOf = null;

export function buildOutput(choose) {
  const element = make('section', 'play-output');
  const title = make('h3'), stage = make('div', 'play-plane'), field = make('canvas'), points = make('canvas');
  field.width = field.height = largeSide;
  field.setAttribute('role', 'img');
  points.setAttribute('aria-hidden', 'true');
  stage.append(field, points);
  const axis = make('div', 'play-axis');
  axis.append(...['−6', '0', '6'].map(text => make('span', '', text)));
  const key = make('div', 'play-key');
  key.append(make('span', '', '−1'), make('i'), make('span', '', '1'));
  const marks = make('p', 'play-marks');
  const test = checkbox(isOn => choose({ test: isOn })), split = checkbox(isOn => choose({ split: isOn }));
  const checks = make('div', 'play-checks');
  checks.append(test.label, split.label);
  const losses = make('div', 'play-losses'), curve = make('canvas');
  curve.setAttribute('role', 'img');
  const numbers = make('dl'), names = [], values = [];
  for (const name of ['training', 'test', '']) {
    const row = make('div', name);
    names.push(make('dt'));
    values.push(make('dd'));
    row.append(names.at(-1), values.at(-1));
    numbers.append(row);
  }
  losses.append(numbers, curve);
  element.append(title, stage, axis, key, marks, checks, losses);
  output = { element, title, field, points, test, split, marks, names, values, curve };
  new ResizeObserver(() => { if (playing.frame) { paintPoints(); paintCurve(); } }).observe(stage);
  return element;
}

function checkbox(act) {
  const label = make('label', 'play-check'), box = make('input'), words = make('span');
  box.type = 'checkbox';
  box.onchange = () => act(box.checked);
  label.append(box, words);
  return { label, box, words };
}

/** Words and choices, in the reader's language; the points of a new run. */
export function showOutput() {
  const choice = playChoice();
  output.test.words.textContent = say('showTest');
  output.split.words.textContent = say('split');
  output.test.box.checked = choice.test;
  output.split.box.checked = choice.split;
  output.marks.textContent = say('points');
  ['lossTraining', 'lossTest', 'accuracy'].forEach((name, at) => { output.names[at].textContent = say(name); });
  paintPoints();
}

/** What is largeOf at is shown large: a neuron, a feature, or the output itself. */
export function pointAt(given) {
  largeOf = given;
  if (playing.frame) paintOutput();
}

export function paintOutput() {
  const { frame, info } = playing, { split } = playChoice();
  let [values, side, limit, title] = [frame.output, largeSide, 1, say('playOutput')];
  const isWhole = !largeOf || largeOf.layer === info.widths.length - 2;
  if (!isWhole && largeOf.layer !== undefined && frame.neurons[largeOf.layer]?.[largeOf.neuron]) {
    [values, side, title] = [frame.neurons[largeOf.layer][largeOf.neuron], smallSide, neuronName(largeOf.layer, largeOf.neuron)];
  } else if (!isWhole && largeOf.feature !== undefined) {
    [values, side, title] = [frame.features[largeOf.feature], smallSide, info.symbolOf[featureNames[largeOf.feature]]];
    limit = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  }
  if (output.title.textContent !== title) output.title.textContent = title;
  paintField(output.field, values, side, limit, split && largeOf?.feature === undefined);
  if (!playing.isRunning) nameOutput();
  paintLosses();
}

/** Said when it has come to rest: who listens is not told sixty times a second. */
export function nameOutput(sentence) {
  const { training, test, accuracy } = playing.frame;
  output.field.setAttribute('aria-label', sentence ?? `${say('playOutput')}. ${say('lossTraining')} ${loss(training)}, `
    + `${say('lossTest')} ${loss(test)}${accuracy === null ? '' : `, ${say('accuracy')} ${percent(accuracy)}`}`);
}

const loss = value => Number.isFinite(value) ? value.toFixed(value < 0.0995 ? 4 : 3) : exact(value);

function paintLosses() {
  const { training, test, accuracy } = playing.frame;
  const shown = [loss(training), loss(test), accuracy === null ? '' : percent(accuracy)];
  output.values.forEach((element, at) => { element.textContent = shown[at]; });
  output.values[2].parentElement.hidden = accuracy === null;
  paintCurve();
}

/** A canvas as sharp as the screen, and its context in the page's pixels. */
function sharp(canvas) {
  const { width, height } = canvas.getBoundingClientRect(), ratio = devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

function paintCurve() {
  const { losses } = playing, { context, width, height } = sharp(output.curve);
  const top = losses.reduce((most, [, a, b]) => Math.max(most, a, b), 0) || 1, last = Math.max(losses.at(-1)?.[0] ?? 1, 1);
  const x = epoch => 1 + epoch / last * (width - 2), y = value => height - 3 - value / top * (height - 6);
  context.strokeStyle = inkOf('line');
  context.strokeRect(0.5, 0.5, width - 1, height - 1);
  for (const which of [2, 1]) {
    context.beginPath();
    losses.forEach((point, place) => context[place ? 'lineTo' : 'moveTo'](x(point[0]), y(point[which])));
    context.lineWidth = which === 1 ? 2 : 1.5;
    context.setLineDash(which === 1 ? [] : [4, 3]);
    context.strokeStyle = inkOf(which === 1 ? 'ink' : 'muted');
    context.stroke();
  }
  context.setLineDash([]);
  if (losses.length === 1) context.fillRect(0, y(losses[0][1]) - 1.5, 4, 3);
  if (playing.isRunning || !losses.length) return;
  const [first, end] = [losses[0], losses.at(-1)];
  output.curve.setAttribute('aria-label', say('curve', { n: end[0], a: loss(first[1]), b: loss(end[1]), c: loss(first[2]), d: loss(end[2]) }));
}

// ---- points

function pathOfPoint(context, x, y, label, radius) {
  context.beginPath();
  if (label >= 0) context.arc(x, y, radius, 0, 2 * Math.PI);
  else {
    const reach = radius * 1.28;
    context.moveTo(x, y - reach);
    context.lineTo(x + reach, y);
    context.lineTo(x, y + reach);
    context.lineTo(x - reach, y);
    context.closePath();
  }
}

/** Points, `x, y, label` one after the other, onto a canvas that shows the plane from −6 to 6. */
function paintMarks(context, width, numbers, radius, isTest) {
  // Not more than can be told apart, spread over all of them.
  const stride = 3 * Math.max(1, Math.ceil(numbers.length / 3 / (width * width / 300)));
  for (let at = 0; at < numbers.length; at += stride) {
    const [x, y, label] = numbers.slice(at, at + 3);
    if (Math.abs(x) > 6 || Math.abs(y) > 6) continue;
    pathOfPoint(context, (x + 6) / 12 * width, (6 - y) / 12 * width, label, radius);
    context.fillStyle = isTest ? inkOf('paper') : pointColour(label);
    context.strokeStyle = isTest ? pointColour(label) : inkOf('paper');
    context.lineWidth = isTest ? radius * 0.45 : 1;
    context.fill();
    context.stroke();
  }
}

function paintPoints() {
  const { context, width } = sharp(output.points), radius = Math.max(2.4, Math.min(4.2, width / 85));
  if (playChoice().test) paintMarks(context, width, playing.info.test, radius, true);
  paintMarks(context, width, playing.info.training, radius, false);
}

/** A data set's small picture. */
export function paintPreview(canvas, numbers) {
  const { context, width } = sharp(canvas);
  for (let at = 0; at < numbers.length; at += 3) {
    const [x, y, label] = numbers.slice(at, at + 3);
    pathOfPoint(context, (x + 6) / 12 * width, (6 - y) / 12 * width, label, 1.5);
    context.fillStyle = pointColour(label);
    context.fill();
  }
}

// The perceptron: weights and threshold by hand or learned, the cases as a plane or a cube and as a truth table.
import { make, button } from './dom.js';
import { say } from './words.js';
import { state, themeNow } from './state.js';
import { play } from './play-engine.js';
import { paintPlane } from './play-plane.js';
import { buildTable, paintTable } from './play-table.js';

/** Names, what is wanted of the cases in order, and weights to begin with. */
const caseSets = {
  and: ['percAnd', '0001', [0, 0], 0], or: ['percOr', '0111', [0, 0], 0], nand: ['percNotBoth', '1110', [0, 0], 0],
  xor: ['percXor', '0110', [0, 0], 0], film: ['percFilm', '00000111', [8, 4, 4], 8],
  majority: ['percMajority', '00010111', [0, 0, 0], 0], parity: ['percParity', '01101001', [0, 0, 0], 0],
};

/** What is chosen; what the address says wrongly is as usual. */
function percChoice() {
  const given = state.play, cases = given.cases in caseSets ? given.cases : 'and', [, usual, start, limit] = caseSets[cases];
  const wanted = /^([01]{4}|[01]{8})$/.test(given.wanted ?? '') && given.wanted.length === usual.length ? given.wanted : usual;
  const weights = (given.weights ?? '').split(',').map(Number);
  const isGood = weights.length === start.length && weights.every(weight => Math.abs(weight) <= 1000);
  const threshold = Number(given.threshold ?? NaN), rate = Number(given.rate ?? NaN);
  return { cases, wanted, weights: isGood ? weights : start, threshold: Math.abs(threshold) <= 1000 ? threshold : limit,
    rate: rate >= 0.01 && rate <= 10 ? rate : 1 };
}

/** Where the perceptron stands: the engine's newest answer. */
let perc = null, percKey = '', percParts = null, percTimer = 0, percActs = null;

const percNames = choice => choice.cases === 'film' ? ['percWeather', 'percPrice', 'percFriend'].map(name => say(name))
  : choice.weights.map((_, at) => `x${'₀₁₂'[at]}`);

export function buildPerceptron(given) {
  percActs = given;
  const element = make('div', 'perceptron'), side = make('section', 'perc-side'), middle = make('section', 'perc-picture');
  const sets = make('div', 'perc-sets'), weights = make('div', 'play-numbers perc-numbers'), runs = make('div', 'perc-runs');
  const learn = button('go', '', toggleLearning), look = button('', '', () => percAdvance({ cases: 1 }));
  const correct = button('', '', () => percAdvance({})), reset = button('', '', () => given.attempt(() => beginPerceptron(true)));
  const rate = make('label', 'play-field'), rateWords = make('span'), rateChoice = make('select');
  rateChoice.onchange = () => choosePerc({ rate: rateChoice.value });
  rate.append(rateWords, rateChoice);
  runs.append(learn, correct, look, reset);
  const heads = [make('h3'), make('h3'), make('h3')], sentence = make('p', 'perc-sentence'), verdict = make('p', 'perc-verdict');
  sentence.setAttribute('role', 'status');
  side.append(heads[0], sets, heads[1], weights, rate, runs);
  const picture = make('div', 'perc-room'), key = make('p', 'play-marks');
  middle.append(sentence, picture, key, verdict);
  const table = buildTable(place => turnOver(place)), last = make('section', 'perc-last'), lastRoom = make('div');
  last.append(heads[2], lastRoom);
  element.append(side, middle, table, last);
  percParts = { element, sets, weights, learn, look, correct, reset, rateWords, rateChoice, heads, sentence, verdict, picture, key, lastRoom, rows: [], setButtons: [] };
  new ResizeObserver(() => { if (perc) { paintPicture(); paintLast(); } }).observe(picture);
  return { element, show: showPerceptron };
}

/** What is chosen goes into the address; a slider on its way is no place to come back to. */
function choosePerc(changes, isPassing) {
  stopLearning();
  percActs.choose(() => { state.play = { ...state.play, ...changes }; }, isPassing);
}

function turnOver(place) {
  const { wanted } = percChoice();
  // The weights stay as they are by now.
  choosePerc({ wanted: [...wanted].map((one, at) => at === place ? String(1 - one) : one).join(''),
    weights: perc.weights.join(','), threshold: String(perc.threshold) });
}

async function beginPerceptron(isAnew) {
  const choice = percChoice(), key = JSON.stringify(choice);
  const words = { language: state.language, theme: themeNow() };
  if (isAnew || key !== percKey || !perc) {
    if (isAnew) stopLearning();
    perc = await play({ ask: 'begin', room: 'perceptron', weights: choice.weights, threshold: choice.threshold,
      wanted: [...choice.wanted].map(Number), rate: choice.rate, ...words });
    percKey = key;
  } else perc = await play({ ask: 'look', ...words });
  await paintPerceptron();
}

async function showPerceptron(isOther) {
  if (isOther) perc = null;
  namePerceptron();
  await beginPerceptron(false);
}

async function percAdvance(question, isRunning) {
  if (!isRunning) stopLearning();
  try {
    perc = await play({ ask: 'advance', ...question });
    await paintPerceptron();
  } catch (error) { stopLearning(); percActs.fail(error); }
}

// ---- learning, case by case

function toggleLearning() {
  if (percTimer) return stopLearning();
  if (perc.mistakes === 0) return;
  const turn = async () => {
    await percAdvance({ cases: 1 }, true);
    if (!percTimer) return;
    if (perc.mistakes === 0) stopLearning();
    else percTimer = setTimeout(turn, 260);
  };
  percTimer = setTimeout(turn, 0);
  nameLearn();
}

export function stopLearning() {
  clearTimeout(percTimer);
  percTimer = 0;
  if (percParts) nameLearn();
}

function nameLearn() { percParts.learn.textContent = say(percTimer ? 'playPause' : 'percLearn'); }

// ---- words and controls

let percNamed = '';

function namePerceptron() {
  const choice = percChoice(), names = percNames(choice), key = JSON.stringify([state.language, names]);
  // What is there already stays: a slider that is being moved is not built anew.
  if (key !== percNamed) {
    percNamed = key;
    ['percCases', 'percWeights', 'percLast'].forEach((name, at) => { percParts.heads[at].textContent = say(name); });
    nameSets();
    percParts.weights.textContent = '';
    percParts.rows = [...names.map((name, at) => percRow(say('percWeight', { name }), at)), percRow(say('percThreshold'), -1)];
    percParts.correct.textContent = say('percCorrect');
    percParts.look.textContent = say('percLook');
    percParts.reset.textContent = say('playReset');
    percParts.rateWords.textContent = say('percRate');
    percParts.key.textContent = say('percKey');
  }
  for (const [name, one] of percParts.setButtons) {
    one.setAttribute('aria-pressed', name === choice.cases && choice.wanted === caseSets[name][1]);
  }
  percParts.rateChoice.replaceChildren(...[...new Set([0.1, 0.25, 0.5, 1, 2, choice.rate])].sort((a, b) => a - b).map(value => {
    const option = make('option', '', String(value));
    option.value = value;
    return option;
  }));
  percParts.rateChoice.value = choice.rate;
  nameLearn();
}

/** The sets of cases; their buttons stay, so that the focus does. */
function nameSets() {
  if (!percParts.setButtons.length) {
    percParts.setButtons = Object.keys(caseSets).map(name => [name, button('', '', () => choosePerc({
      cases: name, wanted: undefined, weights: undefined, threshold: undefined }))]);
    percParts.sets.append(...percParts.setButtons.map(([, one]) => one));
  }
  for (const [name, one] of percParts.setButtons) one.textContent = say(caseSets[name][0]);
}

function percRow(name, at) {
  const label = make('label', '', name), number = make('input'), range = make('input');
  Object.assign(number, { type: 'number', step: 0.1, id: `perc-${at}` });
  Object.assign(range, { type: 'range', min: -10, max: 10, step: 0.1, id: `perc-range-${at}` });
  label.htmlFor = number.id;
  range.setAttribute('aria-label', name);
  const set = (input, isPassing) => {
    const value = Number(input.value);
    if (input.value === '' || !(Math.abs(value) <= 1000)) return;
    const weights = [...perc.weights];
    let { threshold } = perc;
    if (at < 0) threshold = value; else weights[at] = value;
    choosePerc({ weights: weights.join(','), threshold: String(threshold) }, isPassing);
  };
  number.onchange = () => set(number, false);
  range.oninput = () => set(range, true);
  percParts.weights.append(label, range, number);
  return { number, range, at };
}

// ---- the newest numbers

async function paintPerceptron() {
  for (const { number, range, at } of percParts.rows) {
    const value = at < 0 ? perc.threshold : perc.weights[at];
    if (document.activeElement !== number) number.value = value;
    if (document.activeElement !== range) range.value = value;
  }
  percParts.sentence.textContent = perc.sentence;
  percParts.verdict.textContent = perc.verdict;
  percParts.verdict.classList.toggle('never', perc.least > 0);
  percParts.correct.disabled = perc.mistakes === 0;
  percParts.learn.disabled = perc.mistakes === 0 && !percTimer;
  paintTable(perc, percNames(percChoice()));
  await paintPicture();
  await paintLast();
}

async function percFigure(name, room, least) {
  const { width, height } = room.getBoundingClientRect();
  return play({ ask: 'figure', name, width: Math.max(width, 200), height: Math.max(height, least), names: percNames(percChoice()) });
}

function setPicture(room, figure, words) {
  // Drawn by the program, which escapes every text in it.
  room.innerHTML = figure.svg;
  const svg = room.querySelector('svg');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', words);
}

async function paintPicture() {
  const words = say('percPlane', { sentence: perc.sentence });
  percParts.key.hidden = perc.weights.length !== 2;
  if (perc.weights.length === 2) return paintPlane(percParts.picture, perc, words);
  const figure = await percFigure('cube', percParts.picture, 300);
  if (perc.weights.length === 3) setPicture(percParts.picture, figure, figure.alt);
}

async function paintLast() {
  if (perc.corrected === undefined) {
    percParts.lastRoom.replaceChildren(make('p', 'play-hint', say('percNone')));
    return;
  }
  const figure = await percFigure('correction', percParts.lastRoom, 220);
  setPicture(percParts.lastRoom, figure, figure.alt);
  percParts.lastRoom.append(make('p', 'play-hint', figure.takeaway));
}

// The playground's run: begun, run on picture by picture, stopped; the newest numbers for whoever paints them.
import { play, playFrame } from './play-engine.js';
import { state, themeNow } from './state.js';
import { playChoice, beginQuestion, runKey, featureNames } from './play-options.js';

/** The sides of the small fields and of the large one. */
export const smallSide = 32, largeSide = 96;

/** The run as it is now. */
export const playing = {
  /** What it began with, and the engine's answer to that. */ key: '', rate: 0, info: null,
  /** The newest numbers. */ frame: null,
  /** Losses since the start: [epoch, training, test] each. */ losses: [],
  isRunning: false, speed: 1,
  /** Some points of every data set, and every feature's symbol. */ sets: null, setsKey: '',
};

let painters = [], failing = null;
/** Whoever paints is called after every change; `fail` hears of what the engine cannot. */
export function connectRun(paint, fail) { painters.push(paint); failing = fail; }

/** A frame's parts, which lie one after the other. */
function partsOfFrame(numbers) {
  const { widths } = playing.info;
  let at = 8;
  const take = count => numbers.subarray(at, at += count);
  const layers = widths.slice(1).map((width, layer) => ({ weights: take(widths[layer] * width), biases: take(width) }));
  const field = () => take(smallSide * smallSide);
  const features = featureNames.map(field), neurons = widths.slice(1).map(width => Array.from({ length: width }, field));
  return { epoch: numbers[0], update: numbers[1], training: numbers[2], test: numbers[3],
    accuracy: numbers[4] < 0 ? null : numbers[4], layers, features, neurons, output: take(largeSide * largeSide) };
}

function noteLosses({ epoch, training, test }) {
  const last = playing.losses.at(-1);
  if (last?.[0] === epoch) playing.losses.pop();
  playing.losses.push([epoch, training, test]);
  // Of a long run every second one is as good.
  if (playing.losses.length > 1200) playing.losses = playing.losses.filter((_, place) => place % 2 === 0);
}

async function paintNow(epochs) {
  playing.frame = partsOfFrame(await playFrame(epochs, smallSide, largeSide));
  noteLosses(playing.frame);
  for (const paint of painters) paint();
}

/** Begins anew where the choice is another; else only says it in the reader's language. */
export async function settleRun(mustBegin) {
  const choice = playChoice(), key = runKey(choice), words = { language: state.language, theme: themeNow() };
  if (mustBegin || key !== playing.key || !playing.info) {
    stopRun();
    playing.info = await play({ ...beginQuestion(choice), ...words });
    [playing.key, playing.rate, playing.losses] = [key, choice.rate, []];
  } else {
    if (choice.rate !== playing.rate) await play({ ask: 'set', learning_rate: choice.rate });
    playing.rate = choice.rate;
    Object.assign(playing.info, await play({ ask: 'look', ...words }));
  }
  const asked = { ask: 'sets', noise: choice.noise / 100, seed: choice.seed, language: state.language };
  if (playing.setsKey !== JSON.stringify(asked)) {
    [playing.sets, playing.setsKey] = [await play(asked), JSON.stringify(asked)];
  }
  playing.info.symbolOf = Object.fromEntries(playing.sets.features.map(({ name, symbol }) => [name, symbol]));
  playing.frame = partsOfFrame(await playFrame(0, smallSide, largeSide));
  noteLosses(playing.frame);
}

/** The engine's sentence about where it stands: for who listens, and below the picture. */
export async function lookNow() { return (await play({ ask: 'look' })).sentence; }

/** So many epochs, or one update, and then a picture. */
export async function advance(what) {
  stopRun();
  await guardedRun(async () => {
    if (what.updates) await play({ ask: 'advance', updates: what.updates });
    await paintNow(what.epochs ?? 0);
  });
}

/** A weight or a bias by hand. */
export const setByHand = (layer, index, value) => guardedRun(async () => {
  await play({ ask: 'set', layer, index, value });
  await paintNow(0);
});

async function guardedRun(work) {
  try { await work(); } catch (error) {
    playing.isRunning = false;
    failing?.(error);
    for (const paint of painters) paint();
  }
}

/** Runs on, a picture for each of the browser's, until it is stopped. */
export function startRun() {
  if (playing.isRunning) return;
  playing.isRunning = true;
  const turn = async () => {
    if (!playing.isRunning) return;
    await guardedRun(() => paintNow(playing.speed));
    if (playing.isRunning) requestAnimationFrame(turn);
  };
  requestAnimationFrame(turn);
}

export function stopRun() { playing.isRunning = false; }

/** The engine was made anew, and knows nothing of the run. */
export function forgetRun() {
  stopRun();
  [playing.info, playing.setsKey] = [null, ''];
}

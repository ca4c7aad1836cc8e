// The engine of what learns in the page, apart from the model's: questions one after the other, none let go of.
import { newPlayEngine } from './engine.js';
import { Refusal, Stopped } from './faults.js';

let playEngine = null, playLast = Promise.resolve();
const playDecoder = new TextDecoder();

function inTurn(work) {
  const done = playLast.then(async () => {
    playEngine ??= await newPlayEngine();
    try { return await work(); } catch (error) {
      if (error instanceof Stopped) playEngine = null;
      throw error;
    }
  });
  playLast = done.catch(() => {});
  return done;
}

function readPlay(bytes) {
  const found = JSON.parse(playDecoder.decode(bytes));
  if (found.error !== undefined) throw new Refusal(found.error);
  return found;
}

/** Asks the playground, or the perceptron: a promise of its answer; it fails with a `Refusal`, or `Stopped`. */
export const play = question => inTurn(async () => readPlay(await playEngine.call('play', JSON.stringify(question))));

/** The playground's numbers after so many more epochs; fields of two sides. */
export const playFrame = (epochs, side, output) => inTurn(async () => {
  const found = await playEngine.call('playFrame', epochs, side, output);
  return found instanceof Float32Array ? found : readPlay(found);
});

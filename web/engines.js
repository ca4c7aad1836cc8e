// Where the program runs: in a worker, so that it never keeps the page from answering, or else in the page itself.
import { engineCore, engineWorker } from './core.js';
import { Stopped } from './faults.js';

/** An engine of the page itself: `call` does what `engineCore` calls so, one after the other. */
function engineHere(families) {
  const core = engineCore(families, document.createElement('canvas').getContext('2d'));
  return {
    async call(what, ...given) {
      try { return await core[what](...given); } catch (error) { throw new Stopped(String(error)); }
    },
    end() {},
  };
}

/** One in a worker; it can be ended whatever it does. */
function engineBeside(families) {
  const text = [engineCore, `(${engineWorker})(${JSON.stringify(families)})`].join('\n');
  const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const worker = new Worker(address);
  let answered = null, failed = null;
  worker.onmessage = ({ data: [found, failure] }) => {
    if (failure === undefined) answered?.(found); else failed?.(new Stopped(failure));
  };
  // Refused by the browser, or out of memory.
  worker.onerror = event => { event.preventDefault(); failed?.(new Stopped(event.message ?? 'no worker')); };
  return {
    call: (what, ...given) => new Promise((resolve, reject) => {
      [answered, failed] = [resolve, reject];
      worker.postMessage([what, given]);
    }),
    end() {
      worker.terminate();
      URL.revokeObjectURL(address);
      failed?.(new Stopped('ended'));
    },
  };
}

const samples = [['Attention 0.27 − softmax', 0, 400, false], ['我爱吃苹果，“词元”', 0, 700, false],
  ['blocks.0 ␣the 词', 1, 400, false], ['√d_k', 2, 400, true], ['naïve العربية', 0, 400, false]];

/** Whether a worker's canvas measures with the fonts that the page shows. */
async function isMeasuringAlike(engine, families) {
  const here = engineHere(families);
  for (const [text, family, weight, isItalic] of samples) {
    const given = [text, family, 100, weight, isItalic];
    const [own, others] = [await here.call('measured', ...given), await engine.call('measured', ...given)];
    if (own.some((length, i) => Math.abs(length - others[i]) > 0.01)) return false;
  }
  return true;
}

let isRefused = false;

/** An engine where the address allows it to be. */
export async function newEngine(families) {
  if (!isRefused && globalThis.Worker && globalThis.OffscreenCanvas) {
    let engine = null;
    try {
      engine = engineBeside(families);
      if (await isMeasuringAlike(engine, families)) return engine;
    } catch { /* Then it runs in the page. */ }
    engine?.end();
    isRefused = true;
  }
  return engineHere(families);
}

// The engine: the program's own model and figures as WebAssembly. A question is JSON, its answer a promise of JSON.

/** The engine answered that it cannot: the message is a line for the reader. */
export class Refusal extends Error {}
/** The engine stopped: it must be made anew before the next question. */
export class Stopped extends Error {}
/** A newer act of the reader came: nobody waits for this answer any more. Not a fault; whoever gets it stops. */
export class Dropped extends Error {}

// The same fonts measure and show: the style sheet has the same lists. None of them needs to be installed.
export const fonts = {
  text: 'Inter, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", '
    + '"Microsoft YaHei", sans-serif',
  mono: '"JetBrains Mono", ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans CJK SC", "Noto Sans SC", monospace',
  math: '"Latin Modern Math", "STIX Two Math", "Cambria Math", "Times New Roman", serif',
};
const families = [fonts.text, fonts.mono, fonts.math];

export const data = JSON.parse(document.querySelector('script.data').textContent);

// Pages of one folder share their program and models, which lie beside them as scripts.
const shared = globalThis.glassformer ?? {};
data.program ??= shared.program;
for (const { name } of data.sources) Object.assign(data.files, shared[name] ?? {});

const encoder = new TextEncoder(), decoder = new TextDecoder();
const ruler = document.createElement('canvas').getContext('2d');
let program = null, files = null, exports = null, source = null;

/** What the page has drawn already, by language and theme: lists of frames as the engine would answer them. */
const slidesOf = {};

const bytes = () => new Uint8Array(exports.memory.buffer);

const imports = {
  page: {
    milliseconds: () => performance.now(),
    // Width, ink above, below, to the left and right of the origin.
    measure(start, count, family, size, weight, italic, to) {
      ruler.font = `${italic ? 'italic ' : ''}${weight} ${size}px ${families[family]}`;
      const m = ruler.measureText(decoder.decode(bytes().slice(start, start + count)));
      new Float64Array(exports.memory.buffer, to, 5).set([m.width, m.actualBoundingBoxAscent,
        m.actualBoundingBoxDescent, m.actualBoundingBoxLeft, m.actualBoundingBoxRight]);
    },
  },
  // The C library mentions files; the page has none.
  wasi_snapshot_preview1: new Proxy({}, { get: () => () => 0 }),
};

// Five letters for four bytes, highest first: shorter than base64. The letters are the program's (Base85.swift).
const values = new Uint8Array(128);
[...Array(94).keys()].map(i => String.fromCharCode(33 + i)).filter(c => !'"\\<>&\'`@$'.includes(c))
  .forEach((letter, value) => { values[letter.charCodeAt(0)] = value; });

function bytesOf(text) {
  const bytes = new Uint8Array(Math.ceil(text.length / 5) * 4);
  let to = 0;
  for (let from = 0; from < text.length; from += 5) {
    let word = 0;
    for (let i = 0; i < 5; i++) word = word * 85 + (from + i < text.length ? values[text.charCodeAt(from + i)] : 84);
    for (let shift = 24; shift >= 0; shift -= 8) bytes[to++] = (word >>> 0) >> shift;
  }
  const rest = text.length % 5;
  return bytes.subarray(0, to - (rest ? 5 - rest : 0));
}

async function unpack(text) {
  const packed = bytesOf(text);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Puts bytes into the program's memory, where they stay until they are freed. */
function put(content) {
  const start = exports.page_alloc(content.length);
  bytes().set(content, start);
  return [start, content.length];
}

function answer() {
  const start = exports.page_answer();
  return JSON.parse(decoder.decode(bytes().subarray(start, start + exports.page_answer_count())));
}

export async function startEngine() {
  if (!data.program) throw new Refusal('shared/program.js?');
  if (!program) {
    const names = Object.keys(data.files), pictures = Object.keys(data.drawn);
    const [code, ...contents] = await Promise.all(
      [data.program, ...names.map(n => data.files[n]), ...pictures.map(n => data.drawn[n])].map(unpack));
    program = await WebAssembly.compile(code);
    files = names.map((name, i) => [name, contents[i]]);
    pictures.forEach((name, i) => { slidesOf[name] = contents[names.length + i]; });
  }
  exports = (await WebAssembly.instantiate(program, imports)).exports;
  for (const [name, content] of files) exports.page_file(...put(encoder.encode(name)), ...put(content));
  if (data.sources.length) load(source ?? data.sources[0].name);
}

function load(name) {
  const [start, count] = put(encoder.encode(name)), failed = exports.page_load(start, count) !== 0;
  exports.page_free(start);
  if (failed) throw new Refusal(answer().error);
  source = name;
}

/** The frames of a slide that was drawn already. */
export function drawnSlide(place, language, theme) {
  const name = `${language} ${theme}`;
  if (slidesOf[name] instanceof Uint8Array) slidesOf[name] = JSON.parse(decoder.decode(slidesOf[name]));
  return slidesOf[name][place];
}

/** Whatever ends a call early leaves the engine's memory as it was then: nothing of it can be trusted. */
function guarded(work) {
  if (!exports) throw new Stopped('the engine is not running');
  try { return work(); } catch (error) {
    if (error instanceof Refusal) throw error;
    exports = null;
    throw new Stopped(String(error));
  }
}

// ---- asking

// Answers that are waited for, by how to let them go; and whether those who ask still belong to an act that is over.
const awaiting = new Set();
let isOver = false;

/** A newer act came: whatever is waited for is let go, and nothing is asked until `admit`. */
export function dropAll() {
  isOver = true;
  for (const letGo of awaiting) letGo();
  awaiting.clear();
}
/** The older act has ended: the newer one may ask. */
export function admit() { isOver = false; }

function awaited(work) {
  return new Promise((resolve, reject) => {
    if (isOver) throw new Dropped();
    const letGo = () => reject(new Dropped());
    awaiting.add(letGo);
    new Promise(done => { done(guarded(work)); }).then(resolve, reject).finally(() => awaiting.delete(letGo));
  });
}

/**
 * Asks the engine: a promise of its answer. It fails with a `Refusal` (a line for the reader), `Stopped`, or `Dropped`.
 */
export const ask = question => awaited(() => {
  const [start, count] = put(encoder.encode(JSON.stringify(question)));
  exports.page_ask(start, count);
  exports.page_free(start);
  const found = answer();
  if (found.error !== undefined) throw new Refusal(found.error);
  return found;
});

/** From now on a model, or a run that is over, is asked. */
export const turnTo = name => awaited(() => load(name));

/** Steps' numbers and shapes, `{shape, numbers}` each, by their names; null where there is no such step. */
export const tensors = steps => awaited(() => new Map(steps.map(step => [step, read(step)])));

/** One step's numbers. */
export const tensor = async step => (await tensors([step])).get(step);

function read(step) {
  const [name, count] = put(encoder.encode(step)), room = exports.page_alloc(32);
  const start = exports.page_step(name, count, room);
  const [rank, ...lengths] = new Int32Array(exports.memory.buffer, room, 8);
  exports.page_free(name);
  exports.page_free(room);
  if (!start) return null;
  const shape = lengths.slice(0, rank);
  return { shape, numbers: new Float32Array(exports.memory.buffer, start, shape.reduce((a, b) => a * b, 1)).slice() };
}

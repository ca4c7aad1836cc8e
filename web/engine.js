// The engine as the page asks it: the program itself, here or in a worker, or a server that holds what a page cannot.
// A question is JSON, its answer a promise of JSON.
import { newEngine } from './engines.js';
import { askServer, tensorsOfServer } from './server.js';
import { Refusal, Stopped, Dropped } from './faults.js';

// The same fonts measure and show: the style sheet has the same lists. None of them needs to be installed.
export const fonts = {
  text: 'Inter, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", '
    + '"Microsoft YaHei", sans-serif',
  mono: '"JetBrains Mono", ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans CJK SC", "Noto Sans SC", monospace',
  math: '"Latin Modern Math", "STIX Two Math", "Cambria Math", "Times New Roman", serif',
};

export const data = JSON.parse(document.querySelector('script.data').textContent);

// Pages of one folder share their program and models, which lie beside them as scripts.
const shared = globalThis.glassformer ?? {};
data.program ??= shared.program;
for (const { name } of data.sources) Object.assign(data.files, shared[name] ?? {});

const decoder = new TextDecoder();

/** What the page has drawn already, by language and theme: lists of frames as the engine would answer them. */
const slidesOf = {};

/** The frames of a slide that was drawn already; read when they are first wanted. */
export function drawnSlide(place, language, theme) {
  const name = `${language} ${theme}`;
  if (typeof slidesOf[name] === 'string') slidesOf[name] = JSON.parse(slidesOf[name]);
  return slidesOf[name][place];
}

// ---- the engine

/** The engine that runs, the program as it was made once, and for each source the text that it was last asked about. */
let engine = null, program = null;
const texts = new Map();
/** The sources whose text the present engine has read. */
let told = new Set();
/** What is asked at present. */
let source = data.sources[0]?.name ?? null;

const isElsewhere = name => data.sources.some(one => one.name === name && one.at === 'server');
const isOwn = data.sources.some(one => one.at !== 'server');
/** Slides that were drawn already are unpacked by it too. */
const needsEngine = isOwn || Object.keys(data.drawn ?? {}).length > 0;

/** Runs that were opened since, by the names of their files: `{source, content}`. */
const added = new Map();
let addedCount = 0;

const giveRun = ({ source, content }) => engine.call('add', `${source}/run.safetensors`, content);

/** Opens a run that is over. A file that is no run is refused. */
export async function addRun(name, content) {
  const run = { source: `opened/${++addedCount}`, content };
  await queued(() => giveRun(run));
  try { await ask({ ask: 'model', source: run.source }); } catch (error) {
    // It is known here by another name than its own.
    error.message = error.message.replace(`${run.source}/run.safetensors`, name);
    throw error;
  }
  added.set(name, run);
}

/** Turns to a run that was opened; false where it is not here (any more). */
export function turnToRun(name) {
  const run = added.get(name);
  if (run) ({ source } = run);
  return Boolean(run);
}

let isStarting = false;

async function beginEngine() {
  const start = performance.now();
  isStarting = true;
  try { await makeEngine(); } catch (error) {
    engine?.end();
    engine = null;
    throw error;
  } finally { isStarting = false; }
  patience = Math.max(patience, 4 * (performance.now() - start));
}

async function makeEngine() {
  engine = await newEngine(Object.values(fonts));
  told = new Set();
  for (const [name, packed] of Object.entries(data.drawn ?? {})) {
    slidesOf[name] ??= decoder.decode(await engine.call('unpack', packed));
  }
  if (!isOwn) return;
  if (!data.program) throw new Refusal('shared/program.js?');
  program = await engine.call('start', program ? null : data.program, program, data.files);
  for (const run of added.values()) await giveRun(run);
}

// ---- one question after the other

/** What waits, the first of it under way: {work, resolve, reject}, and how to `abandon` it where that is possible. */
let queue = [], isBusy = false, isOver = false;
/** How long the engine may go on, in milliseconds, with what nobody waits for any more: longer than a new one takes. */
let patience = 2000;

/** A newer act came: whatever is waited for is let go, and nothing is asked until `admit`. */
export function dropAll() {
  isOver = true;
  const [first] = queue;
  for (const one of queue) one.reject(new Dropped());
  queue = isBusy ? [first] : [];
  if (!isBusy) return;
  if (first.abandon) first.abandon();
  else setTimeout(() => { if (queue[0] === first && !isStarting) engine?.end(); }, patience);
}
/** The older act has ended: the newer one may ask. */
export function admit() { isOver = false; }

const queued = work => new Promise((resolve, reject) => {
  if (isOver) throw new Dropped();
  queue.push({ work, resolve, reject });
  workOff();
});

async function workOff() {
  if (isBusy) return;
  isBusy = true;
  while (queue.length) {
    const [one] = queue;
    try {
      if (!engine && needsEngine) await beginEngine();
      one.resolve(await one.work(one));
    } catch (error) {
      if (error instanceof Stopped) { engine?.end(); engine = null; }
      one.reject(error);
    }
    queue.shift();
  }
  isBusy = false;
}

/** Makes the engine, if it does not run. */
export const startEngine = () => queued(async () => {});

/** What was asked about last is asked once more of an engine that was made anew. */
async function tellText(name) {
  if (!texts.has(name) || told.has(name)) return;
  await engine.call('ask', name, JSON.stringify(texts.get(name)));
  told.add(name);
}

/** What an answer holds; one that is none is a refusal. A text that was read is what is asked about from then on. */
function heard(name, question, answer) {
  if (answer.error !== undefined) throw new Refusal(answer.error);
  if (question.ask === 'text') { texts.set(name, question); told.add(name); }
  return answer;
}

const read = bytes => JSON.parse(decoder.decode(bytes));

/**
 * Asks the engine: a promise of its answer. It fails with a `Refusal` (a line for the reader), `Stopped`, or `Dropped`.
 * A question may say another `source` than the one that is turned to.
 */
export const ask = ({ source: name = source, ...asked }) => queued(async job => {
  const isText = asked.ask === 'text';
  if (isElsewhere(name)) {
    const about = isText ? null : texts.get(name);
    return heard(name, asked, await askServer(job, { source: name, about, asked }));
  }
  if (!isText) await tellText(name);
  return heard(name, asked, read(await engine.call('ask', name, JSON.stringify(asked))));
});

/** Steps' numbers and shapes, `{shape, numbers}` each, by their names; null where there is no such step. */
export const tensors = (steps, name = source) => queued(async job => {
  if (!isElsewhere(name)) await tellText(name);
  const found = isElsewhere(name) ? await tensorsOfServer(job, { source: name, about: texts.get(name), steps })
    : await engine.call('tensors', name, steps);
  return new Map(steps.map((step, i) => [step, found[i]]));
});

/** Asks about a text: the answer, and the numbers of its map's small pictures as `tensors` gives them. */
export async function askText({ source: name = source, ...asked }) {
  if (isElsewhere(name)) {
    const answer = await ask({ source: name, ...asked });
    const steps = new Set(answer.parts.flatMap(part => part.pictures.map(picture => picture.step)));
    return [answer, await tensors([...steps], name)];
  }
  return queued(async () => {
    const { answer, steps, numbers } = await engine.call('text', name, JSON.stringify(asked));
    return [heard(name, asked, read(answer)), new Map(steps.map((step, i) => [step, numbers[i]]))];
  });
}

/** What is asked at present, and the question about its text. */
export const askedNow = () => {
  const { ask: _, language: __, theme: ___, ...about } = texts.get(source) ?? {};
  return { source, about };
};

/** From now on a model, or a run that is over, is asked. */
export function turnTo(name) { source = name; }

/** An engine of its own for what learns in the page: nobody's act lets go of it, and it knows no model. */
export async function newPlayEngine() {
  if (!data.program) throw new Refusal('shared/program.js?');
  const own = await newEngine(Object.values(fonts));
  const made = await own.call('start', data.program, program, {});
  program ??= made;
  return own;
}

// What the engine made of the text, and where in it the page is: figures, parts of the map, the way through them.
import { askText, data, drawnSlide, turnTo, turnToRun } from './engine.js';
import { Refusal } from './faults.js';
import { say } from './words.js';
import { state, themeNow } from './state.js';
import { changesAsked } from './changes-state.js';

/** The present answers; nothing else keeps a copy. */
export const page = {
  /** The answer to the text, what it was asked of, and the numbers of the map's small pictures, by their steps. */
  run: null, asked: '', pictures: new Map(),
  /** The answer to the figure on screen, and the figure's name in the list. */ figure: null, shown: null,
  /** The answer to the number that is explained, and the run that it is of. */ why: null, whyRun: null,
  /** The numbers that were followed until here. */ trail: [],
};

/** The question about the text: all that its answer depends on, but for what a chapter's step adds. */
const textQuestion = () => ({ ask: 'text', text: state.text, language: state.language, theme: themeNow(),
  ...changesAsked(state) });

/** Where this has changed, the text must be asked about anew. */
export const textAsked = () => JSON.stringify([textQuestion(), state.file, data.lesson ? [state.step, state.figure] : null]);

/** Asks about the text. What is on screen stays until it is shown anew. */
export async function readText() {
  const asked = textAsked(), [run, pictures] = await textAnswer();
  for (const figure of run.figures) {
    Object.assign(figure, run.kinds[figure.kind]);
    // A step of a run that has no figures is a table of its own.
    if (figure.table) Object.assign(figure, { title: figure.table, stage: figure.table });
  }
  addSlides(run);
  Object.assign(page, { run, asked, pictures });
}

/** What a step of a chapter shows; the last one that showed anything stays. */
function shownOfStep() {
  const { steps } = data.lesson[state.language];
  for (let at = Math.min(state.step, steps.length - 1); at >= 0; at--) {
    const { figures } = steps[at];
    if (figures.length) return figures[at === state.step ? Math.min(state.figure, figures.length - 1) : 0];
  }
  return null;
}

/** The answer to the text, and the numbers of the map's small pictures. */
async function textAnswer() {
  const question = textQuestion();
  if (state.file && !turnToRun(state.file)) {
    const words = say('fileAway', { name: state.file });
    state.file = null;
    throw new Refusal(words);
  }
  if (!state.file && !data.lesson) turnTo(data.sources[0]?.name);
  if (!data.lesson) return data.sources.length ? askText(question) : [nothing(), new Map()];
  const shown = shownOfStep();
  if (!shown || shown.slide !== undefined) return [withSlide(shown), new Map()];
  turnTo(shown.source);
  return askText({ ...question, ...shown.question, text: state.text || shown.question.text,
    ...changesAsked(state) });
}

/** The frames of a slide that was drawn already. */
const framesOf = slide => drawnSlide(slide, state.language, themeNow());

/** A step whose figure was drawn already. */
function withSlide(shown) {
  const run = nothing();
  if (!shown) return run;
  const [{ title, kind, name }] = framesOf(shown.slide);
  run.parts.push({ kind: 'slides', stack: '', title, pictures: [] });
  run.figures.push({ name, kind, stack: '', part: 0, title, stage: title, drawn: shown.slide });
  return run;
}

/** What is drawn already and was never computed here. */
const nothing = () => ({ text: '', tokens: [], target: [], stacks: [{ name: '', heads: [], layers: [] }], parts: [],
  kinds: {}, figures: [], next: { kind: 'none', groups: [] } });

/** The slides of a run stand before its steps. */
function addSlides(run) {
  if (!data.slides.length || state.file) return;
  for (const figure of run.figures) figure.part += 1;
  run.parts.unshift({ kind: 'slides', stack: '', title: say('run'), pictures: [] });
  run.figures.unshift(...data.slides.map((slide, place) => ({ name: slide.id, kind: slide.id, stack: '', part: 0,
    title: slide.title[state.language], stage: slide.title[state.language], drawn: place })));
}

/** The answer to a figure that was drawn already; the last frame where none is chosen. */
export function drawnAnswer(figure) {
  const frames = framesOf(figure.drawn);
  return frames[state.frame >= 0 ? Math.min(state.frame, frames.length - 1) : frames.length - 1];
}

const isAt = (figure, place) =>
  (figure.layer === undefined || figure.layer === place.layer)
  && (figure.head === undefined || figure.head === place.head)
  && (figure.stack === '' || figure.stack === place.stack);

/** The figure of a kind at a place, if the text gives it. */
export const figureAt = (kind, place) => page.run.figures.find(f => f.kind === kind && isAt(f, place));
export const figureNamed = name => page.run.figures.find(f => f.name === name);
export const partOf = figure => page.run.parts[figure.part];

/** The figure that a small picture inside a figure stands for: a whole head's pattern, tagged by its head alone. */
export function doorway({ step, index }) {
  const found = /^(?:(encoder|decoder)\.)?blocks\.(\d+)\.(cross_)?attn\.pattern$/.exec(step);
  if (!found || index.length !== 2) return null;
  const kind = found[3] ? 'cross-attention' : 'attention-pattern';
  return figureAt(kind, { stack: found[1] ?? '', layer: Number(found[2]), head: index[1] }) ?? null;
}

/** How many heads a layer has. */
function headsOf(stack, layer) {
  const found = page.run.stacks.find(s => s.name === stack);
  return found?.heads[found.layers.indexOf(layer)] ?? 0;
}

/** Brings the state to a figure that is there: the one asked for, or the nearest. */
export function settle() {
  const stacks = page.run.stacks;
  if (!stacks.some(s => s.name === state.stack)) state.stack = stacks[0].name;
  const { layers } = stacks.find(s => s.name === state.stack);
  // A part of a run may begin anywhere.
  if (!layers.includes(state.layer)) state.layer = layers.findLast(l => l < state.layer) ?? layers[0] ?? 0;
  state.head = Math.max(0, Math.min(state.head, headsOf(state.stack, state.layer) - 1));
  if (state.position >= page.run.tokens.length) state.position = -1;
  if (state.target >= readTokens('target').length) state.target = -1;
  const all = page.run.figures;
  if (state.table) return all.find(f => f.table === state.table) ?? null;
  const stage = f => f.stage !== undefined;
  // A model without one of a story's stages begins with the next.
  const told = data.story?.includes(state.kind) ? data.story.slice(data.story.indexOf(state.kind)) : [];
  const found = figureAt(state.kind, state) ?? told.map(kind => figureAt(kind, state)).find(Boolean) ?? all.find(f => f.kind === state.kind)
    ?? all.findLast(f => stage(f) && f.layer === undefined) ?? all[0];
  enter(found);
  return found;
}

/** Takes a figure's place as the present one. */
export function enter(figure) {
  state.kind = figure.kind;
  state.table = figure.table ?? null;
  const part = partOf(figure);
  if (part.kind === 'layer') state.stack = part.stack;
  else if (figure.stack) state.stack = figure.stack;
  if (figure.layer !== undefined) state.layer = figure.layer;
  if (figure.head !== undefined) state.head = figure.head;
}

/** The stages in order, as one steps through them with the chosen head. */
export function way() {
  return page.run.figures.filter(f => {
    if (f.stage === undefined) return false;
    // A story is told of one layer.
    if (state.present && data.story
      && (!data.story.includes(f.kind) || f.layer !== undefined && f.layer !== state.layer)) return false;
    if (f.head === undefined) return true;
    return f.head === Math.min(state.head, headsOf(partOf(f).stack, f.layer) - 1);
  });
}

/** Where on the way the page is. */
export function placeOnWay(stages) {
  const exact = stages.findIndex(f => f.kind === state.kind && (f.table ?? null) === state.table && isAt(f, state));
  if (exact >= 0) return exact;
  // A figure beside the way stands with the stage before it.
  const all = page.run.figures, shown = all.findIndex(f => f.name === page.shown);
  return stages.findLastIndex(f => all.indexOf(f) <= shown);
}

/** The tokens that were read; a decoder does not read the last that it wrote. */
export function readTokens(which) {
  const tokens = page.run[which];
  return which === 'target' ? tokens.slice(0, -1) : tokens;
}

/** The token that asks, for a stack. */
export function focus(stack) {
  const which = stack === 'decoder' ? 'target' : 'tokens';
  const chosen = which === 'target' ? state.target : state.position;
  if (chosen >= 0) return chosen;
  // Where a word is hidden, it is what the text is about.
  const { kind, groups } = page.run.next;
  return kind === 'hidden' && groups.length ? groups[0].position : readTokens(which).length - 1;
}

/** The stack whose text a figure's asking token belongs to. */
export function stackOf(figure) {
  if (!figure) return '';
  if (figure.stack) return figure.stack;
  // What knows both texts itself asks with a word that was written.
  return page.run.stacks.length > 1 && figure.kind !== 'merge-ladder' ? 'decoder' : '';
}

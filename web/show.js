// Shows the state: everything of a new text, or the figure of a new place; and says so when the engine cannot.
import { byId } from './dom.js';
import { data, startEngine, dropAll, admit } from './engine.js';
import { Stopped, Dropped } from './faults.js';
import { say } from './words.js';
import { state, isLive } from './state.js';
import { page, readText, textAsked, settle, focus } from './run.js';
import { buildMap, markMap } from './overview.js';
import { buildLine } from './timeline.js';
import { figureAnswer, drawFigure, isFitting } from './figure.js';
import { showNotes } from './presenting.js';
import { showRoom } from './play.js';
import { forgetRun } from './play-run.js';
import { askWhy, showWhyAnew } from './why.js';
import { askFirst, veilMap } from './predict.js';
import { changesAnswer, showChanges } from './changes.js';

/** The last text that the engine could read: what is on screen. */
export let goodText = null;

// ---- problems

export function complain(words) {
  byId('problem').textContent = words;
  byId('problem').classList.toggle('on', Boolean(words));
}

// ---- one act at a time

/** The state and the way to it as they were last shown whole: what could not be shown is not where we are. */
let good = { ...state }, goodTrail = [];

export function toGood() {
  Object.assign(state, good);
  page.trail = [...goodTrail];
}

let newest = 0, last = Promise.resolve();

/**
 * Does something that asks the engine, once what was begun before has ended. A newer one lets an older one go: its
 * questions fail with `Dropped`, what it changed in the state stays and is shown by the newer one. What is done here
 * waits for nothing but the engine. An engine that stopped is made anew, and the page says so.
 *
 * Whether it was done; a promise that never fails.
 */
export async function attempt(work) {
  newest += 1;
  dropAll();
  const isDone = await after(newest, work);
  // The room may have changed while something else was done.
  redraw();
  return isDone;
}

/** The same for what no reader did: it waits for the acts that are under way, and gives way to newer ones. */
const quietly = work => after(newest, work);

function after(mine, work) {
  const isDone = last.then(() => {
    if (mine !== newest) return false;
    admit();
    return perform(work);
  });
  last = isDone;
  return isDone;
}

async function perform(work) {
  try {
    await work();
    [good, goodTrail] = [{ ...state }, [...page.trail]];
    return true;
  } catch (error) {
    if (error instanceof Dropped) return false;
    toGood();
    if (!(error instanceof Stopped)) { complain(error.message); return false; }
  }
  try {
    await startEngine();
    complain(say('restarted'));
    state.text = goodText ?? state.text;
    forgetRun();
    if (state.room) await showRoom(); else await readText();
  } catch (error) {
    if (!(error instanceof Dropped)) complain(say('failed', { why: error.message }));
  }
  return false;
}

// ---- showing

let textOnScreen = null;

/** Shows the state, whatever of it has changed: first all is asked for, then all is shown at once. */
export async function show() {
  if (await showRoom()) return;
  if (page.asked !== textAsked()) await readText();
  const figure = settle();
  await followCell();
  await askFirst(figure);
  const answer = await figureAnswer(figure), changes = await changesAnswer();
  if (textOnScreen !== page.run) showText();
  showWhyAnew();
  drawFigure(figure, answer);
  showNotes();
  markMap();
  veilMap();
  showChanges(changes);
  buildLine();
}

/** A language or a theme changed: everything is asked for and built anew. */
export async function rebuild() {
  page.asked = '';
  await show();
}

/** Draws the figure again where its room is another. */
export function redraw() { if (!state.room && !isFitting()) quietly(show); }

function showText() {
  // A step that shows what was drawn beforehand reads no text.
  byId('text').hidden = !isLive() || Boolean(data.lesson) && page.run.figures[0]?.drawn !== undefined;
  goodText = state.text;
  document.title = `${(isLive() ? state.text : state.file ?? data.title).slice(0, 40)} · Glassformer`;
  buildMap();
  textOnScreen = page.run;
}

/** Explains the state's number; one that is no longer there is let go. */
async function followCell() {
  const { why } = page;
  try { await askWhy(); } catch (error) {
    if (error instanceof Stopped || error instanceof Dropped) throw error;
    state.cell = null;
    page.why = null;
  }
  if (!page.why) page.trail = [];
  else if (page.why !== why) askWithQuery(page.why);
}

/** A number of a query makes that query the token that asks: the figure then speaks of the same row. */
export function askWithQuery({ step, index }) {
  const axis = step.axes.indexOf('query'), stack = step.name.startsWith('decoder.') ? 'decoder' : '';
  if (axis < 0 || index[axis] === focus(stack)) return false;
  state[stack ? 'target' : 'position'] = index[axis];
  return true;
}

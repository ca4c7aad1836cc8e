// Shows the state: everything of a new text, or the figure of a new place; and says so when the engine cannot.
import { byId } from './dom.js';
import { data, startEngine, Stopped } from './engine.js';
import { say } from './words.js';
import { state, isLive } from './state.js';
import { page, readText, settle, focus } from './run.js';
import { buildMap, markMap, refreshOutcome } from './overview.js';
import { buildLine } from './timeline.js';
import { drawFigure } from './figure.js';
import { askWhy, showWhy } from './why.js';

/** The last text that the engine could read: what is on screen. */
export let goodText = null;

// ---- problems

export function complain(words) {
  byId('problem').textContent = words;
  byId('problem').classList.toggle('on', Boolean(words));
}

/** Does something that asks the engine; an engine that stopped is made anew, and the page says so. */
export async function attempt(work) {
  try {
    work();
    return true;
  } catch (error) {
    if (!(error instanceof Stopped)) { complain(error.message); return false; }
  }
  try {
    await startEngine();
    complain(say('restarted'));
    state.text = goodText ?? state.text;
    readText();
  } catch (error) {
    complain(say('failed', { why: error.message }));
  }
  return false;
}

// ---- showing

/** Draws the figure of the state and everything that says where we are. */
export function show() {
  const figure = settle();
  drawFigure(figure);
  markMap();
  buildLine();
}

/** A text, a language or a theme changed: everything is built anew. */
export function rebuild() {
  readText();
  // A step that shows what was drawn beforehand reads no text.
  byId('text').hidden = !isLive || Boolean(data.lesson) && page.run.figures[0]?.drawn !== undefined;
  goodText = state.text;
  document.title = `${(isLive ? state.text : data.title).slice(0, 40)} · Glassformer`;
  settle();
  buildMap();
  followCell();
  show();
}

/** Explains the state's number again; one that is no longer there is let go. */
export function followCell() {
  try { askWhy(); } catch (error) {
    if (error instanceof Stopped) throw error;
    state.cell = null;
    page.why = null;
  }
  if (page.why) askWithQuery(page.why); else page.trail = [];
  showWhy();
}

/** A number of a query makes that query the token that asks: the figure then speaks of the same row. */
export function askWithQuery({ step, index }) {
  const axis = step.axes.indexOf('query'), stack = step.name.startsWith('decoder.') ? 'decoder' : '';
  if (axis < 0 || index[axis] === focus(stack)) return false;
  state[stack ? 'target' : 'position'] = index[axis];
  refreshOutcome();
  markMap();
  return true;
}

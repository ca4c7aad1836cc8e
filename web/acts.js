// What a reader does: goes to a figure, chooses a token, asks about a number, follows an operand, goes back.
import { state, keepAddress } from './state.js';
import { page, enter, figureNamed, doorway } from './run.js';
import { refreshOutcome } from './overview.js';
import { refit } from './figure.js';
import { markCells, hideTip, isShown } from './cells.js';
import { askWhy, showWhy } from './why.js';
import { attempt, complain, show, rebuild, askWithQuery } from './show.js';
import { enterStep } from './lesson.js';

/** An act of the reader: it leads to a new place in the address. */
export const doing = act => async (...given) => {
  const before = { ...state };
  const isDone = await attempt(() => {
    complain('');
    hideTip();
    act(...given);
    keepAddress(true);
  });
  // What could not be shown is not where we are.
  if (!isDone) Object.assign(state, before);
};

export const go = doing(figure => {
  const isOn = figure.drawn === undefined || figure.drawn > (figureNamed(page.shown)?.drawn ?? -1);
  enter(figure);
  // What happens in a run is seen from its start.
  state.frame = figure.drawn !== undefined && isOn ? 0 : -1;
  dropCell();
  show();
});

export const enterPart = index => {
  const inPart = page.run.figures.filter(f => f.part === index);
  const isHead = f => f.head === undefined || f.head === state.head;
  const goal = inPart.find(f => f.kind === state.kind && isHead(f))
    ?? inPart.filter(isHead).find(f => f.stage !== undefined) ?? inPart[0];
  if (goal) go(goal);
};

function dropCell() {
  state.cell = null;
  page.why = null;
  page.trail = [];
  showWhy();
}

export const choose = doing((which, position) => {
  state[which === 'target' ? 'target' : 'position'] = position;
  state.frame = -1;
  refreshOutcome();
  show();
});

/** Asks about a number of the figure on screen; the small picture of a head leads to that head. */
export const askCell = doing(({ step, index }) => {
  page.trail = [];
  const door = doorway({ step, index });
  if (door) {
    enter(door);
    state.frame = -1;
    dropCell();
    show();
    return;
  }
  explain({ step, index });
});

/** Goes on to an operand, or to what reads the number; the way back is kept. */
export const follow = doing(cell => {
  const { table, kind, stack, layer, head, frame } = state;
  page.trail.push({ cell: state.cell, title: page.why.title, words: page.why.step.words,
    place: { table, kind, stack, layer, head, frame } });
  explain(cell);
});

export const backOnTrail = doing((count = 1) => {
  const stop = page.trail[page.trail.length - count];
  page.trail.length -= count;
  Object.assign(state, stop.place);
  explain(stop.cell);
});

function explain(cell) {
  const before = [state.cell, page.why];
  state.cell = cell;
  try { askWhy(); } catch (error) {
    [state.cell, page.why] = before;
    throw error;
  }
  const wasOpen = document.body.classList.contains('sheet'), moved = askWithQuery(page.why);
  showWhy();
  toFigureOf(page.why, moved);
  if (!wasOpen && document.body.classList.contains('sheet')) refit();
}

/** A number that the figure does not show is looked for in the one that shows its step best, if there is one. */
function toFigureOf(why, mustDraw) {
  if (!isShown(state.cell)) {
    const best = figureNamed(why.figures[0] ?? '');
    if (best) { enter(best); state.frame = -1; }
  }
  const figure = figureNamed(page.shown);
  const isThere = state.table ? page.shown?.includes('values') && (!figure || figure.table === state.table)
    : figure?.kind === state.kind && (figure.layer ?? state.layer) === state.layer
      && (figure.head ?? state.head) === state.head && (figure.stack || state.stack) === state.stack;
  if (isThere && !mustDraw) markCells(); else show();
}

/** All numbers of a step; of several heads' tables that of the number's own head. */
export const showTable = doing(step => {
  const axis = page.why.step.axes.indexOf('head');
  state.table = step;
  state.frame = axis < 0 ? -1 : page.why.index[axis];
  show();
});

export const leaveTable = doing(() => {
  state.table = null;
  state.frame = -1;
  show();
});

/** A step of the chapter, with its own text. */
export const toStep = doing((at, figure) => {
  enterStep(at, figure);
  document.getElementById('text').value = state.text;
  rebuild();
});

export const close = doing(() => {
  if (!state.cell && state.reading && document.body.classList.contains('sheet')) {
    // The chapter's words make room for the figure.
    state.reading = false;
    showWhy();
    refit();
    return;
  }
  if (!state.cell) return;
  dropCell();
  show();
});

export const turn = doing(frame => {
  state.frame = frame;
  show();
});

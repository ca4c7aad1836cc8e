// What a reader does: goes to a figure, chooses a token, asks about a number, follows an operand, goes back.
import { ask } from './engine.js';
import { state, keepAddress } from './state.js';
import { page, enter, figureNamed, doorway } from './run.js';
import { markMap } from './overview.js';
import { refit } from './figure.js';
import { markCells, hideTip, isShown } from './cells.js';
import { askWhy, showWhy } from './why.js';
import { attempt, complain, show, askWithQuery } from './show.js';
import { enterStep } from './lesson.js';
import { answerQuestion } from './predict.js';

/**
 * An act of the reader: it leads to a new place in the address. It changes the state at once and then waits for what
 * shows it; a newer act may let it go there, and shows the state that both have made.
 */
export const doing = act => (...given) => attempt(async () => {
  complain('');
  hideTip();
  await act(...given);
  keepAddress(true);
});

export const go = doing(figure => {
  const isOn = figure.drawn === undefined || figure.drawn > (figureNamed(page.shown)?.drawn ?? -1);
  enter(figure);
  // What happens in a run is seen from its start.
  state.frame = figure.drawn !== undefined && isOn ? 0 : -1;
  dropCell();
  return show();
});

export const enterPart = index => {
  const inPart = page.run.figures.filter(f => f.part === index);
  const isHead = f => f.head === undefined || f.head === state.head;
  const goal = inPart.find(f => f.kind === state.kind && isHead(f))
    ?? inPart.filter(isHead).find(f => f.stage !== undefined) ?? inPart[0];
  return goal && go(goal);
};

function dropCell() {
  state.cell = null;
  page.why = null;
  page.trail = [];
}

export const choose = doing((which, position) => {
  state[which === 'target' ? 'target' : 'position'] = position;
  state.frame = -1;
  return show();
});

/** Asks about a number of the figure on screen; the small picture of a head leads to that head. */
export const askCell = doing(({ step, index }) => {
  page.trail = [];
  const door = doorway({ step, index });
  if (door) {
    enter(door);
    state.frame = -1;
    dropCell();
    return show();
  }
  return explain({ step, index });
});

function leaveTrail() {
  const { table, kind, stack, layer, head, frame } = state;
  if (!page.why) return;
  page.trail.push({ cell: state.cell, title: page.why.title, words: page.why.step.words,
    place: { table, kind, stack, layer, head, frame } });
}

/** Goes on to an operand, or to what reads the number; the way back is kept. */
export const follow = doing(cell => {
  leaveTrail();
  return explain(cell);
});

/** Goes on to the first number of a step that reads this one. */
export const followOn = doing(async reader => {
  const { cell } = state, { cells } = await ask({ ask: 'forward', ...cell, reader });
  if (!cells.length) return;
  leaveTrail();
  await explain({ step: reader, index: cells[0].index });
});

export const backOnTrail = doing((count = 1) => {
  const stop = page.trail[page.trail.length - count];
  if (!stop) return;
  page.trail.length -= count;
  Object.assign(state, stop.place);
  return explain(stop.cell);
});

async function explain(cell) {
  state.cell = cell;
  const why = await askWhy(), moved = askWithQuery(why);
  const wasOpen = document.body.classList.contains('sheet');
  if (isDrawnFor(why) && !moved) {
    showWhy();
    markCells();
    markMap();
  } else await show();
  if (!wasOpen && document.body.classList.contains('sheet')) refit();
}

/**
 * Whether the figure on screen is the one to show a number in. One that it does not show is looked for in the figure
 * that shows its step best, if there is one.
 */
function isDrawnFor(why) {
  if (!isShown(state.cell)) {
    const best = figureNamed(why.figures[0] ?? '');
    if (best) { enter(best); state.frame = -1; }
  }
  const figure = figureNamed(page.shown);
  return state.table ? page.shown?.includes('values') && (!figure || figure.table === state.table)
    : figure?.kind === state.kind && (figure.layer ?? state.layer) === state.layer
      && (figure.head ?? state.head) === state.head && (figure.stack || state.stack) === state.stack;
}

/** All numbers of a step; of several heads' tables that of the number's own head. */
export const showTable = doing(step => {
  const axis = page.why.step.axes.indexOf('head');
  state.table = step;
  state.frame = axis < 0 ? -1 : page.why.index[axis];
  return show();
});

export const leaveTable = doing(() => {
  state.table = null;
  state.frame = -1;
  return show();
});

/** A step of the chapter, with its own text. */
export const toStep = doing((at, figure) => {
  enterStep(at, figure);
  document.getElementById('text').value = state.text;
  return show();
});

export const close = doing(() => {
  if (!state.cell && state.changing) { state.changing = false; return show(); }
  if (!state.cell && state.reading && document.body.classList.contains('sheet')) {
    // The chapter's words make room for the figure.
    state.reading = false;
    showWhy();
    refit();
    return;
  }
  if (!state.cell) return;
  dropCell();
  return show();
});

/** Answers the question that the page asks first; null to see without. */
export const answerFirst = doing(option => {
  answerQuestion(option);
  return show();
});

/** The page asks first from now on, or no more. */
export const toggleFirst = doing(() => {
  state.first = !state.first;
  state.reading = true;
  return show();
});

export const turn = doing(frame => {
  state.frame = frame;
  return show();
});

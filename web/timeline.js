// The stages in a row: where we are, what was, what comes; and stepping.
import { byId, make, button, keepingFocus } from './dom.js';
import { say } from './words.js';
import { state } from './state.js';
import { page, way, placeOnWay, partOf } from './run.js';
import { isLesson, steps, besideStep, connectLesson } from './lesson.js';

let travel = null, turnFrame = null, visit = null;
export const connectLine = (act, turn, toStep) => {
  [travel, turnFrame, visit] = [act, turn, toStep];
  connectLesson(toStep);
};

let lineOf = '';

/** Of a chapter its steps. */
function buildSteps() {
  const line = byId('line'), key = JSON.stringify([state.step, state.language]);
  if (key === lineOf) return;
  lineOf = key;
  keepingFocus(line, () => {
    line.textContent = '';
    line.setAttribute('aria-label', say('steps'));
    steps().forEach(({ title }, at) => {
      const item = button(at < state.step ? 'past' : at === state.step ? 'now' : '', title, () => visit(at, 0));
      if (at === state.step) item.setAttribute('aria-current', 'step');
      line.append(item);
    });
  });
  nowIntoView(line);
  countStages(state.step, steps().length);
}

/** How far the story has gone, in numbers. */
function countStages(now, all) {
  const count = byId('count');
  count.textContent = all > 1 ? `${now + 1} / ${all}` : '';
  count.title = all > 1 ? say('count', { n: now + 1, all }) : '';
}

export function buildLine() {
  if (isLesson) return buildSteps();
  const line = byId('line'), stages = way(), now = placeOnWay(stages);
  countStages(now, stages.length);
  const key = JSON.stringify([now, state.present, stages.map(s => [s.name, s.stage])]);
  if (key === lineOf) return;
  lineOf = key;
  // Of a model with two stacks only the present part is unfolded.
  const here = stages[now]?.part, hasStacks = page.run.stacks.length > 1;
  keepingFocus(line, () => {
    line.textContent = '';
    line.setAttribute('aria-label', say('line'));
    let last = null;
    stages.forEach((stage, index) => {
      const isNew = stage.part !== last;
      if (isNew && last !== null) line.append(make('span', 'gap'));
      last = stage.part;
      const part = partOf(stage), isFolded = stage.part !== here && (part.kind === 'layer' && !state.present || hasStacks);
      if (isFolded && !isNew) return;
      const name = index < now ? 'past' : index === now ? 'now' : '';
      // A part that we are not in is one button, to the same stage of it.
      const goal = isFolded ? stages.find(s => s.part === stage.part && s.kind === stages[now]?.kind) ?? stage : stage;
      const item = button(`${name} ${isFolded ? 'layer' : ''}`, isFolded ? part.title : stage.stage, () => travel(goal));
      if (!isFolded) item.title = stage.title;
      if (index === now) item.setAttribute('aria-current', 'step');
      line.append(item);
    });
  });
  nowIntoView(line);
}

function nowIntoView(line) {
  requestAnimationFrame(() => {
    const current = line.querySelector('.now');
    if (!current || line.scrollWidth <= line.clientWidth) return;
    line.scrollLeft = current.offsetLeft - line.offsetLeft - (line.clientWidth - current.offsetWidth) / 2;
  });
}

/** One stage on or back; false at either end. */
export function stepBy(count) {
  if (isLesson) {
    const beside = besideStep(count);
    if (beside) visit(...beside);
    return Boolean(beside);
  }
  const stages = way(), place = placeOnWay(stages), goal = stages[place + count];
  // The pictures of a run come one after the other.
  if (stages[place]?.drawn !== undefined) {
    const { frame, frames } = page.figure, next = frame + count;
    if (next >= 0 && next < frames) { turnFrame(next); return true; }
  }
  if (goal) travel(goal);
  return Boolean(goal);
}

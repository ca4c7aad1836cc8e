// Ask me first: where it makes sense the page asks before it shows. The engine makes question, options and the reasons.
import { byId, make } from './dom.js';
import { ask, data } from './engine.js';
import { state } from './state.js';
import { page, focus, stackOf } from './run.js';
import { spellOut } from './cells.js';
import { isLesson } from './lesson.js';

/** The question at the present place, or null; and what it is a question about. */
export let question = null;
let askedAs = null;
/** What was answered since the page was opened: an option's number, or the number of options where none was chosen. */
const answers = new Map();

/** Whether the page can ask at all: a chapter has questions of its own, drawn slides have no engine. */
export const canAskFirst = () => data.sources.length > 0 && !isLesson;

const keyOf = about => JSON.stringify([page.run.text, about]);
const isAnswered = about => answers.has(keyOf(about));

/** Whether a question waits for an answer; what plays waits with it. */
export const isAsking = () => Boolean(question) && state.answer < 0;

/** Asks the engine what can be asked here; before the figure is drawn. */
export async function askFirst(figure) {
  const isPossible = state.first && canAskFirst() && figure && figure.drawn === undefined && !state.table;
  const found = isPossible ? await ask({ ask: 'predict', name: figure.name, head: state.head,
    position: focus(stackOf(figure)) }) : { kind: 'none' };
  const isGiven = state.isRead;
  state.isRead = false;
  if (found.kind === 'none') {
    [question, askedAs] = [null, null];
    state.answer = -1;
    return;
  }
  const key = keyOf(found.about);
  question = found;
  if (key !== askedAs) {
    // What the address says is answered; else what was answered before, in another language too.
    if (isGiven && state.answer >= 0) answers.set(key, Math.min(state.answer, found.options.length));
    state.answer = answers.get(key) ?? -1;
    state.reading = true;
  }
  askedAs = key;
}

/** Answers the question: an option's place, or none where the reader only wants to see. */
export function answerQuestion(option) {
  if (!isAsking()) return;
  state.answer = option ?? question.options.length;
  answers.set(askedAs, state.answer);
  if (option !== null) countAnswer(question.options[option].right);
}

// ---- the count, on this device and nowhere else

const countKept = 'glassformer.predictions';

export function counted() {
  try {
    const { asked, right } = JSON.parse(localStorage.getItem(countKept)) ?? {};
    if (Number.isInteger(asked) && Number.isInteger(right)) return { asked, right };
  } catch { /* A page from a file may not be allowed to keep anything. */ }
  return countHere;
}
let countHere = { asked: 0, right: 0 };

function countAnswer(isRight) {
  const { asked, right } = counted();
  countHere = { asked: asked + 1, right: right + (isRight ? 1 : 0) };
  try { localStorage.setItem(countKept, JSON.stringify(countHere)); } catch { /* As above: until it is closed. */ }
}

// ---- what would give it away

const isOf = (at, beginning) => {
  const index = at.split(',').map(Number);
  return beginning.every((place, i) => index[i] === place);
};

/** Covers the asked cells of a picture: they are no numbers to be pointed at until the question is answered. */
export function veilFigure(svg) {
  const isOpen = isAsking();
  for (const name of ['takeaway', 'subtitle']) byId(name).classList.toggle('veiled', isOpen);
  // As tables the numbers would be read out.
  byId('sheet-open').hidden = isOpen;
  svg.classList.toggle('veiled', isOpen && question.hidesFigure);
  if (!isOpen) return;
  spellOut(svg);
  if (question.hidesFigure) {
    for (const cell of svg.querySelectorAll('[data-at]')) cell.removeAttribute('data-at');
    return;
  }
  for (const cell of svg.querySelectorAll('[data-at]')) {
    const step = cell.closest('[data-step]').dataset.step;
    if (!question.veils.some(veil => veil.step === step && isOf(cell.dataset.at, veil.index))) continue;
    cell.removeAttribute('data-at');
    // A bar would tell by its length, where a cell of a matrix leaves a place to be guessed.
    cell.classList.add(cell.hasAttribute('data-step') ? 'gone' : 'veiled');
    const digits = cell.nextElementSibling;
    if (cell.tagName !== 'g' && digits?.tagName === 'text') digits.classList.add('gone');
  }
  // Numbers beside the matrices are on their way to the asked row, or come from it.
  if (!question.veils.length) return;
  for (const text of svg.querySelectorAll('text')) {
    if (/\d/.test(text.textContent) && !text.closest('[data-step]')) text.classList.add('gone');
  }
}

/** In the map: the asked row of a head's small picture, and what comes out in the end until that was asked. */
export function veilMap() {
  const map = byId('map'), isOpen = isAsking();
  for (const old of map.querySelectorAll('.veil')) old.remove();
  const outcome = map.querySelector('.outcome');
  if (outcome) {
    const isHidden = state.first && canAskFirst() && !nextIsKnown();
    outcome.classList.toggle('veiled', isHidden);
    outcome.inert = isHidden;
  }
  if (!isOpen) return;
  for (const thumb of map.querySelectorAll('.thumb.pattern.here')) {
    const { step, head } = thumb.picture, shape = page.pictures.get(step)?.shape;
    const veil = question.veils.find(veil => veil.index.length === 3 && veil.index[1] === head
      && veil.step.split('.attn.')[0] === step.split('.attn.')[0]);
    if (!veil || !shape) continue;
    const strip = make('i', 'veil');
    strip.style.top = `${100 * veil.index[2] / shape[2]}%`;
    strip.style.height = `${100 / shape[2]}%`;
    thumb.append(strip);
  }
}

const nextIsKnown = () => {
  const { kind } = page.run.next, place = focus(kind === 'translation' ? 'decoder' : '');
  const name = kind === 'class' ? 'next class' : `next ${kind === 'hidden' ? 'mlm_probs' : 'probabilities'} ${place}`;
  return isAnswered(name);
};

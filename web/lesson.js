// A chapter in the page: its words beside its figures, which the models in the page compute.
import { byId, make, button } from './dom.js';
import { data } from './engine.js';
import { say } from './words.js';
import { state } from './state.js';
import { page } from './run.js';

export const isLesson = Boolean(data.lesson);

/** The chapter in the reader's language. */
export const chapter = () => data.lesson[state.language];
export const steps = () => chapter().steps;

/** The present step, and the figure of it that is chosen; null where the step has none. */
export const step = () => steps()[Math.max(0, Math.min(state.step, steps().length - 1))];
export const figureOfStep = () => step().figures[Math.max(0, Math.min(state.figure, step().figures.length - 1))] ?? null;

/** Sets the state to what a step shows; one without figures leaves what was there. */
export function enterStep(at, figure = 0) {
  state.step = at;
  state.figure = figure;
  const shown = figureOfStep();
  Object.assign(state, { frame: -1, cell: null, reading: true });
  page.trail = [];
  if (!shown) return;
  state.position = shown.position ?? -1;
  state.target = shown.target ?? -1;
  state.text = shown.question?.text ?? '';
  state.table = shown.table ?? null;
  state.cell = shown.cell ?? null;
  if (shown.slide !== undefined) return;
  state.kind = shown.kind ?? 'attention-pattern';
  state.stack = shown.stack ?? '';
  state.layer = shown.layer ?? 0;
  state.head = shown.head ?? 0;
}

/** One figure, and then one step, on or back; null at either end. */
export function besideStep(count) {
  const figure = state.figure + count;
  if (figure >= 0 && figure < step().figures.length) return [state.step, figure];
  const at = state.step + count;
  if (at < 0 || at >= steps().length) return null;
  return [at, count < 0 ? Math.max(0, steps()[at].figures.length - 1) : 0];
}

// ---- words

let goTo = null;
export const connectLesson = act => { goTo = act; };

/** The step's words; which of its figures is shown, where there are several. */
export function lessonWords() {
  const { html, title, figures } = step(), body = make('article', 'lesson');
  if (state.step === 0) {
    const goal = make('p', 'goal');
    goal.innerHTML = chapter().goal;
    body.append(make('p', 'kicker', chapter().title), goal);
  }
  body.append(make('h3', '', title));
  const prose = make('div', 'prose');
  // Written by the program, which escapes every text in it.
  prose.innerHTML = html;
  prose.addEventListener('click', event => {
    const link = event.target.closest('a');
    if (!link) return;
    // The address says where the page is: notes are shown, not gone to.
    const { hash } = link;
    if (link.getAttribute('href').startsWith('#')) {
      event.preventDefault();
      prose.querySelector(`[id="${CSS.escape(hash.slice(1))}"]`)?.scrollIntoView({ block: 'nearest' });
    } else link.target = '_blank';
  });
  // What is wider than the panel is scrolled, by keys too.
  requestAnimationFrame(() => {
    for (const box of prose.querySelectorAll('.formula, .table, pre')) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    }
  });
  for (const question of prose.querySelectorAll('.question')) wake(question);
  body.append(prose);
  if (figures.length > 1) {
    const choice = make('div', 'choice figures');
    figures.forEach(({ label }, at) => {
      const one = button('', label ?? say('figureOf', { n: at + 1 }), () => goTo(state.step, at));
      one.setAttribute('aria-pressed', at === state.figure);
      choice.append(one);
    });
    body.append(choice);
  }
  return body;
}

/** A question with choices says whether the chosen one is right; the others keep their answer to open. */
function wake(question) {
  const form = question.querySelector('form'), output = question.querySelector('output');
  form.addEventListener('submit', event => event.preventDefault());
  if (question.dataset.kind !== 'choice') return;
  const [right] = JSON.parse(question.querySelector('script.answers').textContent);
  form.addEventListener('change', ({ target }) => {
    const isRight = Number(target.value) === right;
    output.textContent = isRight ? form.dataset.right : form.dataset.wrong;
    output.className = isRight ? 'good' : 'bad';
    for (const hint of form.querySelectorAll('.hint')) hint.hidden = !hint.closest('label').contains(target);
  });
}

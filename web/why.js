// The panel beside the figure: how one number came to be, where it goes, and the way that led to it.
import { byId, make, button, exact, fit } from './dom.js';
import { say } from './words.js';
import { ask, data } from './engine.js';
import { state, isLive } from './state.js';
import { page } from './run.js';
import { isLesson, lessonWords } from './lesson.js';
import { canOpen, chooseFile } from './drop.js';
import { arithmetic } from './arithmetic.js';
import { question, isAsking } from './predict.js';
import { questionPanel } from './predict-panel.js';
import { changesPanel, isChangesPanelOpen, changeOfCell } from './changes.js';

/** What a press does, given by the page. */
let whyActs = null;
let showsAll = false;
export const connectWhy = given => { whyActs = given; };

const isSame = (why, cell) => why.step.name === cell.step && String(why.index) === String(cell.index);

/** Asks the engine about the state's number, unless it is explained already; the panel is filled by showWhy. */
export async function askWhy() {
  const { cell } = state, { run } = page;
  if (!cell) page.why = null;
  else if (!page.why || page.whyRun !== run || !isSame(page.why, cell)) {
    const why = await ask({ ask: 'explain', ...cell });
    Object.assign(page, { why, whyRun: run });
    showsAll = false;
  }
  return page.why;
}

let shownAs = '';
const shownNow = () => JSON.stringify([state.language, page.why && page.asked, state.cell, page.trail.map(stop => stop.words),
  state.step, state.figure, state.reading, question, state.answer, state.changing]);

/** Fills the panel where it shows something else; one that is being read stays where it is scrolled. */
export function showWhyAnew() { if (shownNow() !== shownAs) showWhy(); }

export function showWhy() {
  shownAs = shownNow();
  const body = byId('why-body'), why = page.why;
  // The panel of changes stays while something in it is dragged.
  if (!why && state.changing && !question && isChangesPanelOpen()) return openSheet(true);
  body.textContent = '';
  body.append(heading(why));
  openSheet(Boolean(why) || state.changing || (isLesson || question) && state.reading);
  if (!why) {
    body.append(questionPanel() ?? (state.changing ? changesPanel() : isLesson ? lessonWords() : hint()));
    body.scrollTop = 0;
    return;
  }
  if (page.trail.length) body.append(trail(why));
  body.append(make('p', `what role-${why.step.role}`, why.title), make('p', 'where', why.place),
    make('p', 'value', exact(why.value)), make('p', 'sentence', why.sentence));
  if (why.tree) {
    const letters = make('div', 'letters');
    // Attention to the source has no letters of its own in formulas.
    if (!why.step.name.includes('cross_attn')) letters.innerHTML = why.letters;
    body.append(letters, arithmetic(why, {
      follow: whyActs.follow, all: showsAll, toggle: () => { showsAll = !showsAll; showWhy(); },
    }));
    const total = make('p', 'total');
    total.append(make('span', '', '='), make('span', '', exact(why.value)));
    body.append(total);
    fit(letters, 16, 12);
  }
  body.append(changeOfCell(why), onward(why));
  body.scrollTop = 0;
  byId('spoken').textContent = `${why.title} = ${exact(why.value)}. ${why.sentence}`;
}

function heading(why) {
  const element = make('h2');
  const words = make('span', '', say(why ? 'why' : question ? 'first' : state.changing ? 'changeSee' : isLesson ? 'lesson' : 'why'));
  words.id = 'why-head';
  element.append(words);
  if (why || isLesson || question || state.changing) element.append(button(`close ${why || state.changing ? '' : 'words'}`, '×', whyActs.close, say('close')));
  return element;
}

function hint() {
  const element = make('div', 'hint'), keys = make('ul');
  element.append(make('p', '', say(isLive() ? data.server ? 'claimServed' : 'claim' : data.sources.length ? 'claimRun' : 'slidesShort')));
  const all = [['← →', 'keyStep'], ['Tab', 'keyTab'], ['↑ ↓ ← →', 'keyWalk'], ['Enter', 'keyAsk'], ['Esc', 'keyBack']];
  for (const [key, words] of data.sources.length ? all : all.slice(0, 1)) {
    const line = make('li');
    line.append(make('kbd', '', key), ` ${say(words)}`);
    keys.append(line);
  }
  element.append(keys);
  if (canOpen) element.append(make('p', 'drop', say('drop')), button('whole', say('open'), chooseFile));
  return element;
}

/** The numbers that were followed until here, the last few of them. */
function trail(why) {
  const list = make('nav', 'trail');
  page.trail.slice(-3).forEach(stop => {
    const back = page.trail.length - page.trail.indexOf(stop);
    list.append(button('', stop.words, () => whyActs.back(back), stop.title), make('span', '', '→'));
  });
  list.append(make('b', '', why.step.words));
  return list;
}

function onward(why) {
  const element = make('section', 'onward'), readers = why.readers.filter(r => r.kind === 'computed');
  element.append(make('h3', '', readers.length ? say('goesOn') : say('nowhere')));
  for (const reader of readers.slice(0, 6)) {
    element.append(button(`reader role-${reader.role}`, `→ ${reader.words}`, () => whyActs.onward(reader.name), reader.name));
  }
  const whole = button('reader whole', say('whole'), () => whyActs.table(why.step.name));
  element.append(whole, make('p', 'name', `${why.step.name} · ${why.step.shape.join(' × ') || '1'}`));
  return element;
}

/** On narrow pages the panel comes from below, only when asked. */
function openSheet(isOpen) {
  byId('why').classList.toggle('open', isOpen);
  document.body.classList.toggle('sheet', isOpen);
}

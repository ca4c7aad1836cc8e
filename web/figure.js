// The figure on screen: asked for at the size of its room, cropped to its ink, its words around it.
import { byId, make, button, fit, keepingFocus } from './dom.js';
import { ask } from './engine.js';
import { say } from './words.js';
import { state, themeNow } from './state.js';
import { page, figureNamed, focus, stackOf, drawnAnswer } from './run.js';
import { indexCells, indexSpots, markCells } from './cells.js';
import { isLesson, figureOfStep } from './lesson.js';
import { replacePicture, isMoving } from './motion.js';
import { isAsking, veilFigure } from './predict.js';

/** How much a small figure may grow to fill its room, and how much air it keeps around. */
const most = 1.5, air = 10;
/** Below this scale letters cannot be read: the room is scrolled instead. */
const leastScale = 0.72;
/** So many pictures are dots; more are a line. */
const mostDots = 10;
/** A figure is laid out in at least this much room, and scaled down where there is less. */
const leastWidth = 300, leastHeight = 260;

let turnPage = null, redrawFigure = null;
export const connectFigure = (turn, redraw) => { [turnPage, redrawFigure] = [turn, redraw]; };

/** The question for the present figure, at a size. */
export function figureQuestion(figure, width, height, quiet) {
  const stack = stackOf(figure), question = { ask: 'figure', width, height, quiet, position: focus(stack) };
  if (state.frame >= 0) question.frame = state.frame;
  if (state.head !== undefined) question.head = state.head;
  if (state.table) question.table = state.table; else question.name = figure.name;
  return question;
}

/** The room as the browser last laid it out: to measure it while drawing would lay the page out once more. */
let room = null, drawnFor = null, drawn = null;

const isOther = (a, b) => Math.abs(a.width - b.width) >= 16 || Math.abs(a.height - b.height) >= 16;

/** Whether what is drawn was drawn for the room that there is. */
export const isFitting = () => !room || !drawnFor || !isOther(room, drawnFor);

// What stands around a figure may change its room: a sentence of two lines, a legend. The browser says so before it
// paints.
const watcher = new ResizeObserver(([{ contentRect }]) => {
  room = { width: contentRect.width, height: contentRect.height };
  if (!page.figure || !drawnFor) return;
  refit();
  if (!isFitting() && isWorthwhile()) redrawFigure();
});

let redraws = 0, redrawsOf = '';

/** Words that wrap otherwise for another picture must not have it drawn over and over. */
function isWorthwhile() {
  const key = JSON.stringify([page.run.text, location.hash, page.shown, state.frame, innerWidth, innerHeight]);
  redraws = key === redrawsOf ? redraws + 1 : 1;
  redrawsOf = key;
  return redraws <= 3;
}

/** Asks for the figure of the state in its room; `figure` is null for a table of numbers. */
export async function figureAnswer(figure) {
  if (!room) {
    const { width, height } = byId('figure').getBoundingClientRect();
    room = { width, height };
    watcher.observe(byId('figure'));
  }
  const { width, height } = room;
  const answer = figure?.drawn !== undefined ? drawnAnswer(figure) : await ask(figureQuestion(figure,
    Math.max(leastWidth, Math.floor(width)), Math.max(leastHeight, Math.floor(height)), true));
  return { ...answer, room: { width, height } };
}

/** Draws an answer. */
export function drawFigure(figure, answer) {
  [drawnFor, drawn] = [answer.room, figure];
  page.figure = answer;
  page.shown = answer.name;
  showWords(answer);
  showPicture(answer);
  showFrames(answer);
  showViews();
}

/** What a chapter says of its figure, as long as it shows that figure of its own sentence. */
function captionOfStep(answer) {
  const shown = isLesson ? figureOfStep() : null;
  if (!shown?.captions.length || (shown.question?.text ?? '') !== state.text) return '';
  if (shown.kind && shown.kind !== answer.kind) return '';
  return shown.captions[Math.min(answer.frame, shown.captions.length - 1)];
}

function showWords(answer) {
  byId('title').textContent = answer.title;
  byId('subtitle').textContent = answer.subtitle;
  showMarkup(byId('formula'), answer.formula, element => fit(element, 17, 11));
  const sentence = byId('takeaway');
  sentence.textContent = captionOfStep(answer) || answer.takeaway || (answer.frames > 1 ? answer.caption : '');
  const isScaled = answer.wasTooSmall && room.width > 700;
  const notes = [answer.note, isScaled ? say('scaled') : ''].filter(Boolean).join(' ');
  if (notes) sentence.append(make('span', 'note', ` ${notes}`));
  showMarkup(byId('legend'), answer.legend ?? '', legend => {
    const picture = legend.querySelector('svg');
    if (!picture) return;
    picture.setAttribute('aria-hidden', 'true');
    picture.style.width = `${picture.viewBox.baseVal.width * 0.86}px`;
    picture.removeAttribute('height');
  });
  byId('figure').setAttribute('aria-label', `${answer.title}. ${isAsking() ? '' : answer.alt} ${say('walk')}`);
}

const shownMarkup = new WeakMap();

/** Markup made by the engine, which escapes every text in it; what is there already stays. */
function showMarkup(element, markup, finish) {
  if (shownMarkup.get(element) === markup) return;
  shownMarkup.set(element, markup);
  element.innerHTML = markup;
  finish(element);
}

function showPicture(answer) {
  const template = make('template');
  template.innerHTML = answer.svg;
  const svg = template.content.querySelector('svg');
  for (const name of ['width', 'height', 'aria-labelledby']) svg.removeAttribute(name);
  svg.setAttribute('aria-hidden', 'true');
  // A browser shows an SVG's title as a tip of its own.
  svg.querySelector('title')?.remove();
  // What was drawn already has no arithmetic.
  if (drawn?.drawn !== undefined) for (const cell of svg.querySelectorAll('[data-at]')) cell.removeAttribute('data-at');
  veilFigure(svg);
  const isReady = () => { crop(svg); indexCells(svg); indexSpots(svg, isAsking() ? [] : answer.spots ?? []); markCells(); };
  replacePicture(byId('figure'), svg, { ...fromLast(answer), finish: isReady });
}

let shownLast = null;

/** What moves: a new place in the story of one text. A text that is typed, a language, a room are there at once. */
function fromLast({ name, kind, frame }) {
  const story = JSON.stringify([page.run.text, page.run.tokens.length, state.language, themeNow()]);
  const place = JSON.stringify([name, frame, state.position, state.target, state.head, state.table]);
  const before = shownLast;
  shownLast = { story, place, kind };
  return { isOn: before?.story === story && (before.place !== place || isMoving()), isSameKind: before?.kind === kind };
}

/** The ink fills the room: nothing of it is lost to margins. */
function crop(svg) {
  const [x, y, ownWidth, ownHeight] = page.figure.ink, { width, height } = room;
  if (!ownWidth || !ownHeight || !width || !height) return;
  const [inkWidth, inkHeight] = [ownWidth + 2 * air, ownHeight + 2 * air];
  const fitting = Math.min(width / inkWidth, height / inkHeight, most), scale = Math.max(fitting, leastScale);
  const [w, h] = [Math.max(width / scale, inkWidth), Math.max(height / scale, inkHeight)];
  byId('figure').classList.toggle('wide', fitting < leastScale);
  svg.style.width = fitting < leastScale ? `${w * scale}px` : '';
  svg.style.height = fitting < leastScale ? `${h * scale}px` : '';
  const box = [x + ownWidth / 2 - w / 2, y + ownHeight / 2 - h / 2, w, h];
  svg.setAttribute('viewBox', box.map(x => x.toFixed(2)).join(' '));
}

/** Fits the same picture into a room that has changed, without asking for it anew. */
export function refit() {
  const svg = byId('figure').querySelector('svg');
  if (svg) crop(svg);
}

function showFrames({ frames, frame }) {
  const bar = byId('frames');
  bar.hidden = frames < 2;
  bar.setAttribute('aria-label', say('frames'));
  keepingFocus(bar, () => {
    bar.textContent = '';
    if (frames > mostDots) return bar.append(lineOfFrames(frames, frame));
    for (let at = 0; at < frames && frames > 1; at++) {
      const dot = button('', '', () => turnPage(at), say('frame', { n: at + 1, all: frames }));
      if (at === frame) dot.setAttribute('aria-current', 'true');
      bar.append(dot);
    }
  });
}

/** Of many pictures one is chosen along a line. */
function lineOfFrames(frames, frame) {
  const line = make('input');
  const speak = () => line.setAttribute('aria-valuetext', say('frame', { n: Number(line.value) + 1, all: frames }));
  Object.assign(line, { type: 'range', min: 0, max: frames - 1, value: frame, onchange: () => turnPage(Number(line.value)),
    oninput: speak });
  line.setAttribute('aria-label', say('frames'));
  speak();
  return line;
}

let listOf = '';

/** Every figure of this part, and those of the whole: also those beside the way. */
function showViews() {
  const list = byId('views'), shown = figureNamed(page.shown), all = page.run.figures;
  const part = shown?.part, ofHead = f => f.head === undefined || f.head === state.head;
  const key = JSON.stringify([page.shown, state.table, part, state.language, all.length, all.at(-1).name]);
  if (key === listOf) return;
  listOf = key;
  list.textContent = '';
  const group = (label, figures) => {
    if (!figures.length) return;
    const element = make('optgroup');
    element.label = label;
    for (const figure of figures) {
      const option = make('option', '', figure.title);
      option.value = figure.name;
      option.selected = figure.name === page.shown;
      element.append(option);
    }
    list.append(element);
  };
  if (state.table && !shown?.table) {
    const option = make('option', '', state.table);
    option.selected = true;
    option.value = '';
    list.append(option);
  }
  if (shown && !['output', 'slides'].includes(page.run.parts[part].kind)) {
    const name = page.run.parts[part].title;
    group(name, all.filter(f => f.part === part && ofHead(f)));
  }
  group(say('viewsWhole'), all.filter(f => f.layer === undefined));
}

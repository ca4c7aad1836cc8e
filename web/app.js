// Puts the parts together: typing, language and theme, the address, keys and buttons.
import { byId } from './dom.js';
import { data, ask, startEngine } from './engine.js';
import { Refusal } from './faults.js';
import { whenServerGoes } from './server.js';
import { say } from './words.js';
import { state, isLive, readAddress, keepAddress, addressIsNew, themeNow, whenThemeChanges } from './state.js';
import { page, figureNamed } from './run.js';
import { readPalette } from './paint.js';
import { connectMap } from './overview.js';
import { connectMapNames } from './map-names.js';
import { stepBy, connectLine } from './timeline.js';
import { holdPlaying, stopPlaying, markPlaying, connectPlaying } from './tempo.js';
import { connectPresenting, wayOfKey, goFull, showNotes } from './presenting.js';
import { connectFigure } from './figure.js';
import { connectCells, keyInFigure, hideTip } from './cells.js';
import { connectWhy } from './why.js';
import { connectTake } from './take.js';
import { attempt, complain, show, rebuild, redraw, toGood, goodText } from './show.js';
import { doing, go, enterPart, choose, askCell, follow, followOn, backOnTrail, showTable, leaveTable, close, turn, toStep, answerFirst, toggleFirst } from './acts.js';
import { dressSheet, showSheet } from './sheet.js';
import { canAskFirst, isAsking } from './predict.js';
import { connectQuestion } from './predict-panel.js';
import { isLesson, enterStep } from './lesson.js';
import { showCode, connectCode } from './code.js';
import { connectDrop } from './drop.js';
import { connectRoom, dressRoom } from './room.js';
import { connectRooms } from './play.js';
import { connectChanges } from './changes.js';
import { samplingAsked } from './changes-state.js';

// ---- language, theme, text

function dress() {
  document.documentElement.lang = state.language;
  document.documentElement.dataset.theme = themeNow();
  readPalette();
  for (const element of document.querySelectorAll('[data-language]')) {
    element.setAttribute('aria-pressed', element.dataset.language === state.language);
  }
  byId('text').placeholder = say('type');
  byId('text-label').textContent = say('sentence');
  byId('views-label').textContent = say('views');
  byId('claim').textContent = say(isLive() ? data.server ? 'claimServedShort' : 'claimShort' : data.sources.length ? 'runShort' : 'slidesShort');
  byId('text').hidden = byId('said').hidden = !isLive();
  byId('given').hidden = isLive();
  byId('given-note').textContent = say(data.sources.length ? 'given' : 'givenSlides');
  document.body.classList.toggle('present', state.present);
  // Alone on the page, the figure's name is its heading.
  byId('title').setAttribute('aria-level', state.present ? 1 : 2);
  byId('present').setAttribute('aria-pressed', state.present);
  byId('first').setAttribute('aria-pressed', state.first);
  byId('first').hidden = !canAskFirst();
  for (const name of ['theme', 'first', 'download', 'present', 'code', 'back', 'next']) {
    byId(name).setAttribute('aria-label', say(name));
    byId(name).title = say(name);
  }
  markPlaying();
  dressRoom();
  dressSheet();
}

function typed() {
  const start = performance.now();
  stopPlaying();
  attempt(async () => {
    complain('');
    Object.assign(state, { text: byId('text').value, cell: null, frame: -1, position: -1, target: -1, put: [], patch: [] });
    try { await show(); } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // The page goes on showing the text before, and says what is wrong with this one.
      toGood();
      spoken(error.message, true);
      return;
    }
    keepAddress(false);
    spoken(say(data.server ? 'timeServed' : 'time', { n: Math.max(1, Math.round(performance.now() - start)) }), false);
  });
}

/** A run that is over stands where a text is typed else: its text, or its name. */
function nameRun() {
  if (isLive() || !page.run) return;
  const words = page.run.tokens.filter(t => !t.special && !t.written).map(t => t.label.replace(/␣/g, ' ')).join('');
  byId('given-text').textContent = page.run.text || words.trim() || (state.file ?? data.title);
  byId('given-text').title = state.file ?? data.title;
}

function spoken(words, isBad) {
  byId('said').textContent = words;
  byId('said').classList.toggle('bad', isBad);
  byId('text').toggleAttribute('aria-invalid', isBad);
}

/** The address says where to be: at the start, after back and forward. */
function fromAddress() {
  return attempt(async () => {
    complain('');
    readAddress();
    if (isLesson && !state.isPlaced) enterStep(state.step, state.figure);
    byId('text').value = state.text;
    dress();
    spoken('', false);
    page.trail = [];
    try { await show(); } catch (error) {
      if (!(error instanceof Refusal) || goodText !== null && goodText === state.text) throw error;
      // A text that cannot be read: what was there stays, or the start.
      spoken(error.message, true);
      if (goodText !== null) return toGood();
      history.replaceState(null, '', ' ');
      readAddress();
      await show();
    }
    nameRun();
  });
}

/** Shows the figure alone, in large type, or everything again. */
const present = doing(() => {
  state.present = !state.present;
  goFull(state.present);
  dress();
  return show();
});

// ---- events

function keyPressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || state.room || document.querySelector('dialog[open]')) return;
  const place = document.activeElement, room = byId('figure'), { key } = event;
  if (place === room && keyInFigure(key)) return event.preventDefault();
  if (key === 'Escape') {
    hideTip();
    if (page.trail.length) backOnTrail();
    else if (state.cell) close();
    else if (state.changing) close();
    else if (state.table) leaveTable();
    else if (state.present) present();
    else place?.blur?.();
    return;
  }
  const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(place?.tagName ?? '') || place?.closest?.('aside');
  // A presenter's remote turns pages.
  const way = { ArrowLeft: -1, ArrowRight: 1 }[key] ?? wayOfKey(key, place);
  if (isTyping || place === room && !key.startsWith('Page') || !way) return;
  event.preventDefault();
  stopPlaying();
  stepBy(way);
}

function connect() {
  connectRooms(async () => { await show(); nameRun(); });
  connectMap({ go, enterPart, choose, ask: (step, index) => askCell({ step, index }) });
  connectMapNames();
  connectLine(go, turn, toStep);
  connectFigure(turn, redraw);
  connectCells({ ask: askCell, close: () => { if (state.cell || !state.changing) close(); } });
  holdPlaying(isAsking);
  connectQuestion({ answer: answerFirst, goOn: () => stepBy(1) });
  byId('first').onclick = () => { toggleFirst(); dress(); };
  connectWhy({ follow, onward: followOn, close, back: backOnTrail, table: showTable });
  connectChanges({ go, ask: (step, index) => askCell({ step, index }),
    change: doing(values => { Object.assign(state, values); return show(); }),
    slide: (values, isFirst) => attempt(async () => {
      complain('');
      Object.assign(state, values);
      await show();
      keepAddress(isFirst);
    }),
    write: doing(async count => {
      const { put } = await ask({ ask: 'write', count, ...samplingAsked(state) });
      Object.assign(state, { put, position: -1, target: -1, cell: null });
      return show();
    }) });
  document.body.classList.toggle('bare', data.sources.length === 0 && !isLesson);
  document.body.classList.toggle('chapter', isLesson);
  byId('text').addEventListener('input', typed);
  byId('views').addEventListener('change', event => {
    const figure = figureNamed(event.target.value);
    if (figure) go(figure);
  });
  byId('sheet-open').onclick = () => attempt(showSheet);
  byId('present').onclick = present;
  connectCode(() => attempt(showCode));
  connectDrop(dress, () => { nameRun(); spoken('', false); keepAddress(true); });
  connectTake(attempt);
  byId('back').onclick = () => { stopPlaying(); stepBy(-1); };
  byId('next').onclick = () => { stopPlaying(); stepBy(1); };
  connectPlaying(stepBy);
  connectPresenting({ step: count => { stopPlaying(); stepBy(count); }, leave: present,
    notes: doing(() => { state.notes = !state.notes; showNotes(); }) });
  for (const element of document.querySelectorAll('[data-language]')) {
    element.onclick = doing(() => {
      state.language = element.dataset.language;
      // A chapter speaks of another sentence in another language.
      if (isLesson) { enterStep(state.step, state.figure); byId('text').value = state.text; }
      dress();
      return rebuild();
    });
  }
  byId('theme').onclick = doing(() => { state.theme = themeNow() === 'dark' ? 'light' : 'dark'; dress(); return rebuild(); });
  whenThemeChanges(() => { if (!state.theme) attempt(() => { dress(); return rebuild(); }); });
  addEventListener('keydown', keyPressed);
  addEventListener('popstate', () => { if (addressIsNew()) fromAddress(); });
  let pending = 0;
  addEventListener('resize', () => {
    clearTimeout(pending);
    pending = setTimeout(redraw, 80);
  });
}

async function open() {
  whenServerGoes(isGone => complain(isGone ? say('gone') : ''));
  readAddress();
  dress();
  spoken(say('loading'), false);
  try {
    await startEngine();
  } catch (error) {
    return complain(say('failed', { why: error.message }));
  }
  connect();
  await fromAddress();
  connectRoom();
  performance.mark('glassformer-first');
  document.documentElement.dataset.ready = 'yes';
}

open();

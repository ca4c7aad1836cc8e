// Puts the parts together: typing, language and theme, the address, keys and buttons.
import { byId } from './dom.js';
import { startEngine, Stopped } from './engine.js';
import { say } from './words.js';
import { state, readAddress, keepAddress, addressIsNew, themeNow, whenThemeChanges } from './state.js';
import { page, figureNamed } from './run.js';
import { readPalette } from './paint.js';
import { connectMap } from './overview.js';
import { stepBy, stopPlaying, togglePlaying, markPlaying, connectLine } from './timeline.js';
import { connectFigure } from './figure.js';
import { connectCells, keyInFigure, hideTip } from './cells.js';
import { connectWhy } from './why.js';
import { downloadFigure } from './download.js';
import { attempt, complain, show, rebuild, goodText } from './show.js';
import { doing, go, enterPart, choose, askCell, follow, backOnTrail, showTable, leaveTable, close, turn } from './acts.js';

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
  byId('claim').textContent = say('claimShort');
  for (const name of ['theme', 'download', 'back', 'next']) {
    byId(name).setAttribute('aria-label', say(name));
    byId(name).title = say(name);
  }
  markPlaying();
}

function typed() {
  const start = performance.now(), before = { ...state };
  stopPlaying();
  Object.assign(state, { text: byId('text').value, cell: null, frame: -1, position: -1, target: -1 });
  complain('');
  attempt(() => {
    try { rebuild(); } catch (error) {
      if (error instanceof Stopped) throw error;
      // The page goes on showing the text before, and says what is wrong with this one.
      Object.assign(state, before, { text: goodText ?? before.text });
      spoken(error.message, true);
      return;
    }
    keepAddress(false);
    spoken(say('time', { n: Math.max(1, Math.round(performance.now() - start)) }), false);
  });
}

function spoken(words, isBad) {
  byId('said').textContent = words;
  byId('said').classList.toggle('bad', isBad);
  byId('text').toggleAttribute('aria-invalid', isBad);
}

/** The address says where to be: at the start, after back and forward. */
function fromAddress() {
  readAddress();
  byId('text').value = state.text;
  dress();
  spoken('', false);
  return attempt(() => {
    page.trail = [];
    try { rebuild(); } catch (error) {
      if (error instanceof Stopped || goodText !== null && goodText === state.text) throw error;
      // A text that cannot be read: what was there stays, or the start.
      spoken(error.message, true);
      if (goodText === null) { history.replaceState(null, '', ' '); readAddress(); rebuild(); }
    }
  });
}

// ---- events

function keyPressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const place = document.activeElement, room = byId('figure'), { key } = event;
  if (place === room && keyInFigure(key)) return event.preventDefault();
  if (key === 'Escape') {
    hideTip();
    if (page.trail.length) backOnTrail();
    else if (state.cell) close();
    else if (state.table) leaveTable();
    else place?.blur?.();
    return;
  }
  const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(place?.tagName ?? '') || place?.closest?.('aside');
  if (isTyping || place === room || !['ArrowLeft', 'ArrowRight'].includes(key)) return;
  event.preventDefault();
  stopPlaying();
  stepBy(key === 'ArrowRight' ? 1 : -1);
}

function connect() {
  connectMap({ go, enterPart, choose, ask: (step, index) => askCell({ step, index }) });
  connectLine(go);
  connectFigure(turn);
  connectCells({ ask: askCell, close });
  connectWhy({ follow, close, back: backOnTrail, table: showTable });
  byId('text').addEventListener('input', typed);
  byId('views').addEventListener('change', event => {
    const figure = figureNamed(event.target.value);
    if (figure) go(figure);
  });
  byId('download').onclick = () => attempt(downloadFigure);
  byId('back').onclick = () => { stopPlaying(); stepBy(-1); };
  byId('next').onclick = () => { stopPlaying(); stepBy(1); };
  byId('play').onclick = togglePlaying;
  for (const element of document.querySelectorAll('[data-language]')) {
    element.onclick = doing(() => { state.language = element.dataset.language; dress(); rebuild(); });
  }
  byId('theme').onclick = doing(() => { state.theme = themeNow() === 'dark' ? 'light' : 'dark'; dress(); rebuild(); });
  whenThemeChanges(() => { if (!state.theme) attempt(() => { dress(); rebuild(); }); });
  addEventListener('keydown', keyPressed);
  addEventListener('popstate', () => { if (addressIsNew()) fromAddress(); });
  let pending = 0;
  addEventListener('resize', () => {
    clearTimeout(pending);
    pending = setTimeout(() => attempt(show), 80);
  });
}

async function open() {
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
  performance.mark('glassformer-first');
  document.documentElement.dataset.ready = 'yes';
}

open();

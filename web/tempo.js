// Playing: one stage after the other, each for as long as its sentence takes to read, and at the reader's speed.
import { byId } from './dom.js';
import { say } from './words.js';
import { state, keepAddress } from './state.js';
import { page } from './run.js';
import { isMoving } from './motion.js';

const speeds = { slow: 1.8, normal: 1, fast: 0.5 }, marks = { slow: '½×', normal: '1×', fast: '2×' };
/** How often playing looks whether it is time, in milliseconds. */
const beat = 150;

let goOn = null, timer = 0;
/** What may keep playing where it is: a question that was not yet answered. */
const holds = [];

/** `next` goes one stage on and says whether there is one. */
export function connectPlaying(next) {
  goOn = next;
  byId('play').onclick = togglePlaying;
  byId('speed').onclick = () => {
    const all = Object.keys(speeds);
    state.speed = all[(all.indexOf(state.speed) + 1) % all.length];
    markPlaying();
    keepAddress(false);
  };
}

/** Playing waits as long as `isAsking` says so. */
export function holdPlaying(isAsking) { holds.push(isAsking); }

/** How long a figure stays, in milliseconds: a Chinese sign takes longer to read than a letter. */
function readingTime({ takeaway, caption, subtitle }) {
  const words = (takeaway || caption || '') + (subtitle ?? '');
  const effort = [...words].reduce((sum, sign) => sum + (sign > '\u2e7f' ? 62 : 22), 0);
  return Math.min(5500, Math.max(2200, 900 + effort)) * speeds[state.speed];
}

function togglePlaying() {
  if (timer) return stopPlaying();
  let shown = null, since = 0;
  const look = () => {
    const { figure } = page, now = performance.now();
    // The time of a figure begins when it has come to rest.
    if (figure !== shown || isMoving() || holds.some(isAsking => isAsking())) [shown, since] = [figure, now];
    else if (now - since > readingTime(figure)) {
      if (!goOn(1)) return stopPlaying();
      since = Infinity;
    }
    timer = setTimeout(look, beat);
  };
  if (!holds.some(isAsking => isAsking()) && !goOn(1)) return;
  timer = setTimeout(look, beat);
  [shown, since] = [page.figure, Infinity];
  markPlaying();
}

export function stopPlaying() {
  clearTimeout(timer);
  timer = 0;
  markPlaying();
}

export function markPlaying() {
  const play = byId('play'), speed = byId('speed'), words = say(timer ? 'pause' : 'play');
  play.classList.toggle('on', timer !== 0);
  play.setAttribute('aria-label', words);
  play.title = words;
  speed.textContent = marks[state.speed];
  speed.title = say('speed', { name: say(state.speed) });
  speed.setAttribute('aria-label', speed.title);
}

// A server that holds what a page cannot: asked the same questions, each of which says all that its answer depends on.
import { data } from './engine.js';
import { Refusal, Dropped } from './faults.js';

/** So that a server can be fair to several pages. */
export const pageId = () => (thisPage ??= Array.from(crypto.getRandomValues(new Uint8Array(12)), x => x.toString(16)).join(''));
let thisPage = null, tellGone = null;

/** What to do when the server is gone (true), and when it is there again (false). */
export const whenServerGoes = act => { tellGone = act; };

const shortest = 1000, longest = 8000;

const isVisible = () => new Promise(done => {
  if (!document.hidden) return done();
  document.addEventListener('visibilitychange', () => done(), { once: true });
});

/** Waits, unless it is let go; a page that nobody sees asks nothing. */
const rest = (time, signal) => new Promise((done, fail) => {
  const timer = setTimeout(() => isVisible().then(done), time);
  signal.addEventListener('abort', () => { clearTimeout(timer); fail(new Dropped()); }, { once: true });
});

/** Posts a question until it is answered; `job.abandon` lets it go, which ends the server's work too. */
async function post(job, path, body) {
  const { token } = data.server, control = new AbortController(), { signal } = control;
  job.abandon = () => control.abort();
  const headers = { 'Content-Type': 'application/json', 'X-Glassformer-Page': pageId() };
  if (token) headers['X-Glassformer-Token'] = token;
  for (let time = shortest, isGone = false; ; time = Math.min(longest, time * 2)) {
    try {
      const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body), signal });
      if (isGone) tellGone?.(false);
      isGone = false;
      // Too busy: in a moment.
      if (answer.status !== 503) return answer;
    } catch (error) {
      if (signal.aborted) throw new Dropped();
      isGone = true;
      tellGone?.(true);
    }
    await rest(time, signal);
  }
}

async function refusal(answer) {
  let words = `${answer.status} ${answer.statusText}`;
  try { words = (await answer.json()).error ?? words; } catch { /* No words of its own. */ }
  return new Refusal(words);
}

export async function askServer(job, { source, about, asked }) {
  // The server knows many readers: each question says its own language and theme.
  const { language, theme } = about ?? {};
  const answer = await post(job, data.server.ask, {
    source, ...about ? { about: aboutOf(about), language, theme } : {}, ...asked });
  if (!answer.ok) throw await refusal(answer);
  return answer.json();
}

/** A text question's own members: language and theme are each question's. */
function aboutOf({ ask, language, theme, ...rest }) { return rest; }

/** Per step its rank (below zero where there is none), its lengths, its numbers. */
export async function tensorsOfServer(job, { source, about, steps }) {
  const answer = await post(job, data.server.tensor, { source, about: aboutOf(about ?? {}), steps });
  if (!answer.ok) throw await refusal(answer);
  const buffer = await answer.arrayBuffer(), whole = new DataView(buffer);
  let at = 0;
  const next = () => { at += 4; return whole.getInt32(at - 4, true); };
  return steps.map(() => {
    const rank = next();
    if (rank < 0) return null;
    const shape = Array.from({ length: rank }, next), count = shape.reduce((a, b) => a * b, 1);
    const numbers = new Float32Array(buffer, at, count);
    at += 4 * count;
    return { shape, numbers };
  });
}

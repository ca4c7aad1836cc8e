// In a room: the leading page tells the others where it is; they follow, each in its own language, and vote. The server
// keeps where the leading page is and how often each choice was taken, nothing of anybody.
import { byId, make, button, percent } from './dom.js';
import { data } from './engine.js';
import { pageId } from './server.js';
import { say } from './words.js';
import { state } from './state.js';
import { page } from './run.js';

const roomRole = data.server?.room ?? null;
const leads = roomRole === 'lead';

/** The folder that all pages of the server lie in. */
const roomRoot = roomRole && new URL(data.server.follow, location.href).pathname.replace(/follow$/, '');
let readers = 0, follows = true, vote = null, chosen = null, arrived = null;

const tellServer = (path, body) => fetch(path, {
  method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Glassformer-Page': pageId() },
  body: JSON.stringify(body),
}).catch(() => null);

// ---- places

/** Where this page is, for the others. */
function tellPlace() {
  tellServer(data.server.follow, { page: location.pathname.slice(roomRoot.length), at: location.hash });
}

/** The leading page's place, in this reader's own language, theme and manner. */
function hashOf(place) {
  const parts = new URLSearchParams(place.at.slice(1));
  parts.set('language', state.language);
  for (const name of ['theme', 'present']) parts.delete(name);
  if (state.theme) parts.set('theme', state.theme);
  return '#' + parts;
}

function followTo(place) {
  arrived = place;
  if (!follows || typeof place?.at !== 'string' || typeof place.page !== 'string') return;
  const hash = hashOf(place);
  // A page of this server only, whatever is said.
  const there = new URL(roomRoot + place.page, location.origin);
  if (there.origin !== location.origin || !there.pathname.startsWith(roomRoot)) return;
  if (there.pathname !== location.pathname) location.href = there.pathname + hash;
  else if (location.hash !== hash) location.hash = hash;
}

// ---- votes

/** What may come next, by name, so that the order gives nothing away. */
function voteOptions() {
  const group = page.run?.next.groups.at(-1);
  return (group?.candidates ?? []).slice(0, 5).map(each => each.label).sort();
}

function voteBars() {
  const list = make('ol', 'bars'), total = Math.max(1, vote.total);
  vote.options.forEach((option, i) => {
    const row = make('li', chosen === i ? 'mine' : ''), share = vote.counts[i] / total, bar = make('i');
    bar.style.width = `${100 * share}%`;
    row.append(make('b', 'token', option), bar, make('span', '', `${vote.counts[i]} · ${percent(share)}`));
    list.append(row);
  });
  return list;
}

function voteChoices() {
  const group = make('div', 'choices');
  vote.options.forEach((option, i) => {
    const press = button('token', option, async () => {
      const answer = await tellServer(data.server.vote, { choice: i });
      if (!answer?.ok) return;
      chosen = i;
      dressVote();
    });
    press.setAttribute('aria-pressed', chosen === i);
    group.append(press);
  });
  return group;
}

function dressVote() {
  const panel = byId('vote');
  panel.hidden = !vote;
  if (!vote) return;
  const held = panel.contains(document.activeElement) ? [...panel.querySelectorAll('button')].indexOf(document.activeElement) : -1;
  panel.replaceChildren(
    make('h2', '', say('voteNext')), vote.open && !leads ? voteChoices() : voteBars(),
    make('p', '', say(vote.open && !leads && chosen !== null ? 'voteTaken' : 'voteCount', { n: vote.total })));
  if (leads) {
    const act = vote.open ? ['voteClose', { close: true }] : ['voteEnd', { end: true }];
    panel.append(button('act', say(act[0]), () => tellServer(data.server.vote, act[1])));
  }
  // A count that arrives leaves the reader where he was.
  panel.querySelectorAll('button')[held]?.focus();
}

// ---- the bar

/** In the reader's language. */
export function dressRoom() {
  const bar = byId('room');
  if (!bar) return;
  if (leads) {
    byId('room-state').textContent = say('roomReaders', { n: readers });
    byId('room-act').textContent = say('voteOpen');
  } else {
    byId('room-state').textContent = '';
    byId('room-act').textContent = say('roomFollow');
    byId('room-act').setAttribute('aria-pressed', follows);
  }
  bar.setAttribute('aria-label', say('room'));
  dressVote();
}

function actInRoom() {
  if (leads) {
    const given = voteOptions();
    if (given.length > 1) tellServer(data.server.vote, { options: given, question: 'next' });
  } else {
    follows = !follows;
    dressRoom();
    if (follows && arrived) followTo(arrived);
  }
}

/** Begins to lead or to follow, where this page is in a room. */
export function connectRoom() {
  if (!roomRole) return;
  const bar = make('div', 'room'), panel = make('section', 'vote');
  bar.id = 'room';
  bar.setAttribute('role', 'group');
  panel.id = 'vote';
  panel.hidden = true;
  panel.setAttribute('aria-live', 'polite');
  const words = make('span'), press = button('act', '', actInRoom);
  [words.id, press.id] = ['room-state', 'room-act'];
  bar.append(words, press);
  document.querySelector('header .choice').before(bar);
  document.body.append(panel);
  const news = new EventSource(data.server.follow);
  const hear = (name, does) => news.addEventListener(name, event => does(JSON.parse(event.data)));
  hear('place', followTo);
  hear('readers', count => { readers = count; dressRoom(); });
  hear('vote', found => {
    if (!found || found.options.join('\n') !== vote?.options.join('\n') || found.open && !vote.open) chosen = null;
    vote = found;
    dressVote();
  });
  // The server forgets with its process: whoever leads says again where it is.
  if (leads) {
    news.addEventListener('open', tellPlace);
    document.addEventListener('glassformer-place', tellPlace);
    addEventListener('popstate', tellPlace);
  }
  dressRoom();
}

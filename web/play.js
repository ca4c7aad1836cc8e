// What learns in the page, beside the model: the playground and the perceptron. Which of them is shown lives in the address.
import './play-words.js';
import { byId, make } from './dom.js';
import { data } from './engine.js';
import { say } from './words.js';
import { state, rooms, keepAddress } from './state.js';
import { attempt, complain } from './show.js';
import { connectRun, settleRun, stopRun, lookNow, playing } from './play-run.js';
import { choosePlay } from './play-options.js';
import { buildNetwork, showNetwork, paintNetwork } from './play-network.js';
import { buildOutput, showOutput, paintOutput, pointAt, nameOutput } from './play-output.js';
import { buildBar, showBar, paintBar, buildData, showData } from './play-controls.js';
import { buildPerceptron, stopLearning } from './play-perceptron.js';
import { buildInspector, showInspector, paintInspector, openNeuron, refreshWhy } from './play-inspect.js';

const shownRooms = {};
let places = null, container = null, engineRoom = '';

/** Puts the places into the header, and the room for them under it. */
export function connectRooms(toModel) {
  // A page of a server has no program to learn with.
  if (!rooms.length) return;
  container = make('main', 'rooms');
  container.id = 'rooms';
  container.hidden = true;
  byId('map').before(container);
  places = make('nav');
  places.id = 'places';
  document.querySelector('header h1').after(places);
  const all = data.sources.length || data.slides.length || data.lesson ? ['', ...rooms] : rooms;
  for (const room of all) {
    const link = make('a');
    link.dataset.room = room;
    link.href = room ? `#at=${room}` : '#';
    link.onclick = event => {
      event.preventDefault();
      if (room === (state.room ?? '')) return;
      attempt(async () => { complain(''); Object.assign(state, { room: room || null, play: {} }); await toModel(); keepAddress(true); });
    };
    places.append(link);
  }
}

function dressPlaces() {
  places.setAttribute('aria-label', say('places'));
  for (const link of places.children) {
    link.textContent = say(link.dataset.room || 'placeModel');
    if (link.dataset.room === (state.room ?? '')) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

/** Shows the room of the state; false where it is the model's page that is to be shown. */
export async function showRoom() {
  if (!container) return false;
  dressPlaces();
  document.body.classList.toggle('at-play', Boolean(state.room));
  container.hidden = !state.room;
  if (state.room !== 'playground') stopRun();
  if (state.room !== 'perceptron') stopLearning();
  if (!state.room) return false;
  for (const [name, { element }] of Object.entries(shownRooms)) element.hidden = name !== state.room;
  shownRooms[state.room] ??= makers[state.room]();
  document.title = `${say(state.room)} · Glassformer`;
  const isOther = engineRoom !== state.room;
  engineRoom = state.room;
  // The engine holds one of them at a time.
  await shownRooms[state.room].show(isOther);
  return true;
}

/** A choice of the reader; one of many in a row, as a slider makes them, is no place to come back to. */
const choosing = (changes, isPassing = false) => attempt(async () => {
  complain('');
  choosePlay(changes);
  await showRoom();
  keepAddress(!isPassing);
});

// ---- the playground

function makePlayground() {
  const element = make('div', 'playground'), sentence = make('p', 'play-sentence');
  sentence.setAttribute('role', 'status');
  const bar = buildBar({ choose: choosing, rested, reset: () => attempt(async () => { complain(''); await settleRun(true); await showAll(); }) });
  const network = buildNetwork({ choose: choosing, open: openNeuron, point: pointAt });
  const side = make('div', 'play-side');
  side.append(buildOutput(choosing), buildInspector());
  element.append(bar, buildData(choosing), network, side, sentence);
  container.append(element);
  connectRun(() => {
    paintNetwork(false);
    paintOutput();
    paintBar();
    paintInspector();
    if (!playing.isRunning) rested();
  }, error => complain(error.message));

  async function showAll() {
    showNetwork();
    showBar();
    showData();
    showOutput();
    showInspector();
    paintNetwork(true);
    paintOutput();
    await rested();
  }

  async function rested() {
    try {
      const words = await lookNow();
      sentence.textContent = words;
      nameOutput(words);
    } catch (error) { complain(error.message); }
    refreshWhy();
  }

  return { element, async show(isOther) { await settleRun(isOther); await showAll(); } };
}

const makers = { playground: makePlayground, perceptron: () => {
  const room = buildPerceptron({
    attempt: act => attempt(async () => { complain(''); await act(); }), fail: error => complain(error.message),
    choose: (change, isPassing) => attempt(async () => {
      complain('');
      change();
      await showRoom();
      keepAddress(!isPassing);
    }),
  });
  container.append(room.element);
  return room;
} };

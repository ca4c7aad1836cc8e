// The numbers inside the figure: pointed at, walked by arrow keys, asked about; what is read is outlined, the rest pales.
import { byId, make, exact } from './dom.js';
import { ask } from './engine.js';
import { state } from './state.js';
import { page, doorway } from './run.js';
import { nearestBox } from './nearest.js';

const space = 'http://www.w3.org/2000/svg';

/** For each number on screen, by step and index: its shapes, and its words once they were asked for. */
let known = new Map();
/** Every cell once, in the order of the picture. */
let cells = [];
let cursor = null, rings = null, cellActs = null;

const nameOf = (step, index) => `${step}:${index}`;

/** Where the index of neighbours counts on, the first says it for all: `3,0..5` is that cell and the five after it. */
export function spellOut(svg) {
  for (const first of svg.querySelectorAll('[data-at*=".."]')) {
    const parts = first.dataset.at.split(','), place = parts.findIndex(part => part.includes('..'));
    const [from, to] = parts[place].split('..').map(Number);
    let cell = first;
    for (let at = from; at <= to && cell; at++, cell = cell.nextElementSibling) {
      parts[place] = at;
      cell.dataset.at = parts.join(',');
    }
  }
}

export function indexCells(svg) {
  spellOut(svg);
  const stood = cursor?.entry;
  known = new Map();
  cells = [];
  cursor = null;
  rings = null;
  for (const shape of svg.querySelectorAll('[data-at]')) {
    const step = shape.closest('[data-step]').dataset.step, index = shape.dataset.at, name = nameOf(step, index);
    let entry = known.get(name);
    if (!entry) {
      entry = { step, index: index.split(',').map(Number), shapes: [] };
      known.set(name, entry);
    }
    entry.shapes.push(shape);
    cells.push({ shape, entry });
    // Words that follow the shape that they stand on pale with it; digits are of one group with it.
    const words = shape.nextElementSibling;
    if (shape.tagName !== 'g' && words?.tagName === 'text') words.classList.add('digits');
  }
  // Who stands on a number goes with it into the next picture.
  if (stood) cursor = cells.find(({ entry }) => nameOf(entry.step, entry.index) === nameOf(stood.step, stood.index)) ?? null;
}

/** What was drawn beforehand says what stands where: words and values at the pointer and for the keys, no arithmetic. */
export function indexSpots(svg, spots) {
  // Cells lie inside the matrix that holds them: the smallest is on top.
  for (const [x, y, width, height, words, value = ''] of [...spots].sort((a, b) => b[2] * b[3] - a[2] * a[3])) {
    const shape = document.createElementNS(space, 'rect');
    for (const [side, length] of Object.entries({ x, y, width, height })) shape.setAttribute(side, length);
    shape.setAttribute('class', 'spot');
    svg.append(shape);
    const entry = { step: '', isDrawn: true, shapes: [shape], words: { title: words, place: '', value } };
    known.set(nameOf('', cells.length), entry);
    cells.push({ shape, entry });
  }
}

/** For each step in the figure the first of its numbers; what was drawn beforehand, place by place. */
export function shownCells() {
  const steps = new Map(), spots = [];
  for (const { entry } of cells) {
    if (entry.isDrawn) spots.push(entry);
    else if (!steps.has(entry.step) && !doorway(entry)) steps.set(entry.step, entry.index);
  }
  return { steps, spots };
}

/** Whether the present figure shows a number. */
export const isShown = cell => cell.isDrawn ? cells.some(one => one.entry === cell) : known.has(nameOf(cell.step, cell.index.join(',')));

const entryOf = cell => known.get(nameOf(cell.step, cell.index.join(',')));

function cellAt(target) {
  const shape = target.closest?.('[data-at], .spot');
  return shape && byId('figure').contains(shape) ? cells.find(c => c.shape === shape) : null;
}

// ---- rings

function ring(shape, name) {
  const svg = byId('figure').querySelector('svg');
  if (!rings) {
    rings = document.createElementNS(space, 'g');
    svg.append(rings);
  }
  // A cell with its digits: the box of the cell.
  const ground = shape.tagName === 'g' && !shape.hasAttribute('transform') ? shape.firstElementChild : shape;
  const box = ground.getBBox(), element = document.createElementNS(space, 'rect'), pad = 1.2;
  const sides = { x: box.x - pad, y: box.y - pad, width: box.width + 2 * pad, height: box.height + 2 * pad, rx: 4 };
  for (const [side, length] of Object.entries(sides)) element.setAttribute(side, length);
  element.setAttribute('class', `ring ${name}`);
  rings.append(element);
  return element;
}

/** Outlines the number that is explained, what it reads, and the number that the keys stand on. */
export function markCells() {
  const room = byId('figure'), svg = room.querySelector('svg');
  if (!svg) return;
  rings?.remove();
  rings = null;
  room.classList.remove('asking');
  for (const shape of svg.querySelectorAll('.read, .asked')) shape.classList.remove('read', 'asked');
  if (state.cell && page.why) {
    const own = entryOf(state.cell), read = operands(page.why).map(entryOf).filter(Boolean);
    for (const entry of read) for (const shape of entry.shapes) mark(shape, 'read');
    for (const shape of own?.shapes ?? []) mark(shape, 'asked');
    room.classList.toggle('asking', Boolean(own) || read.length > 0);
    for (const entry of read) for (const shape of entry.shapes) ring(shape, 'of-read');
    for (const shape of own?.shapes ?? []) { ring(shape, 'halo'); ring(shape, 'of-asked'); }
  }
  if (cursor && document.activeElement === room) { ring(cursor.shape, 'halo'); ring(cursor.shape, 'of-cursor'); }
  if (room.classList.contains('wide')) reveal(svg);
}

/** In a room that is scrolled: what is asked about, or stood on, comes into view. */
function reveal(svg) {
  const goal = svg.querySelector('.of-cursor') ?? svg.querySelector('.of-asked');
  goal?.scrollIntoView({ block: 'nearest', inline: 'center' });
}

function mark(shape, name) {
  shape.classList.add(name);
  const digits = shape.nextElementSibling;
  if (digits?.classList.contains('digits')) digits.classList.add(name);
}

/** The numbers that an explanation reads, each once. */
export function operands(why) {
  const found = new Map();
  const walk = node => {
    if ('i' in node) {
      const step = why.inputs[node.i]?.name;
      if (step) found.set(nameOf(step, node.at), { step, index: node.at });
    } else node.x?.forEach(walk);
  };
  if (why.tree) walk(why.tree);
  return [...found.values()];
}

/** Shows where an operand lies while it is pointed at; returns how to take that away. */
export function spotlight(cell) {
  const drawn = (entryOf(cell)?.shapes ?? []).flatMap(shape => [ring(shape, 'halo'), ring(shape, 'of-cursor')]);
  return () => drawn.forEach(element => element.remove());
}

// ---- the tip

export function hideTip() {
  pointed = null;
  byId('tip').style.display = 'none';
}

/** What a number is called, and its value: the engine is asked once for each that is pointed at. */
async function named(entry) {
  if (entry.words) return entry.words;
  const door = doorway(entry);
  if (door) return { title: `L${door.layer} · H${door.head}`, place: door.title, value: '' };
  try {
    entry.words = await ask({ ask: 'name', step: entry.step, index: entry.index });
  } catch {
    // The next act finds out whether the engine stopped.
    return { title: entry.step, place: '', value: '' };
  }
  return entry.words;
}

/** The number that a tip is wanted for: what is answered later, or is no longer on screen, has none. */
let pointed = null;

async function showTip({ entry }, x, y) {
  pointed = entry;
  const words = await named(entry);
  if (pointed !== entry || !isShown(entry)) return;
  const tip = byId('tip');
  tip.textContent = '';
  if (words.value !== '') tip.append(make('b', '', exact(words.value)));
  tip.append(words.title, make('i', '', words.place));
  tip.style.display = 'block';
  const { width, height } = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(8, Math.min(innerWidth - width - 8, x + 14))}px`;
  tip.style.top = `${y - height - 12 < 4 ? y + 18 : y - height - 12}px`;
}

// ---- pointer and keys

/** The nearest cell in a direction; those of the same matrix before others. */
function neighbour(from, way) {
  const boxes = cells.map(({ shape }) => {
    const { x, y, width, height } = shape.getBoundingClientRect();
    return [x, y, width, height];
  });
  const step = from.entry.step;
  return cells[nearestBox(boxes, cells.indexOf(from), way, place => cells[place].entry.step === step ? 0 : 60)];
}

async function speak({ entry }) {
  const words = await named(entry);
  if (cursor?.entry !== entry) return;
  const value = words.value === '' ? '' : ` = ${exact(words.value)}`;
  byId('spoken').textContent = `${words.title}${value}. ${words.place}`;
}

/** A key pressed inside the figure; whether it meant something there. */
export function keyInFigure(key) {
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (way && cells.length) {
    cursor = cursor ? neighbour(cursor, way) ?? cursor : cells[0];
    markCells();
    speak(cursor);
    const box = cursor.shape.getBoundingClientRect();
    showTip(cursor, box.right - 6, box.top);
    return true;
  }
  if ((key === 'Enter' || key === ' ') && cursor) {
    if (!cursor.entry.isDrawn) cellActs.ask(cursor.entry);
    return true;
  }
  return false;
}

export function connectCells(given) {
  cellActs = given;
  const room = byId('figure');
  room.addEventListener('pointermove', event => {
    const cell = event.pointerType === 'touch' ? null : cellAt(event.target);
    if (cell) showTip(cell, event.clientX, event.clientY); else hideTip();
  });
  room.addEventListener('pointerleave', hideTip);
  room.addEventListener('click', event => {
    const cell = cellAt(event.target);
    if (!cell) return cellActs.close();
    cursor = cell;
    // A finger has no pointer that rests: a press says what stands there.
    if (cell.entry.isDrawn) { markCells(); showTip(cell, event.clientX, event.clientY); }
    else cellActs.ask(cell.entry);
  });
  room.addEventListener('focus', () => {
    if (room.matches(':focus-visible') && !cursor) cursor = cells[0] ?? null;
    markCells();
  });
  room.addEventListener('blur', () => { hideTip(); markCells(); });
}

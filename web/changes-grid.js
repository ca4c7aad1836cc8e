// Which part matters: what the guess has without each head, feed-forward part and layer, as the engine's ablation says.
import { make, button } from './dom.js';
import { ask } from './engine.js';
import { Dropped } from './faults.js';
import { say } from './words.js';
import { state } from './state.js';
import { page, focus } from './run.js';
import { factorOf } from './changes-state.js';
import { share } from './changes-dial.js';

/** What is known, of which guess; and what is being asked. */
let gridOf = '', gridParts = [], gridAnswer = null, isFilling = false;

const gridPosition = () => focus(page.run.next.kind === 'translation' ? 'decoder' : '');
const gridKey = () => JSON.stringify([state.text, page.run.text, state.put, gridPosition(), state.language, state.step]);

/** Asks layer by layer, and shows what is known after each; a newer act ends it, and what it shows begins it again. */
export async function fillGrid(room, acts) {
  if (gridKey() !== gridOf) [gridOf, gridParts, gridAnswer] = [gridKey(), [], null];
  showGrid(room, acts);
  if (isFilling) return;
  isFilling = true;
  const mine = gridOf;
  try {
    for (const { name: stack, layers } of page.run.stacks) for (const layer of layers) {
      if (gridOf !== mine || gridParts.some(p => p.layer === layer && isOfStack(p, stack))) continue;
      const answer = await ask({ ask: 'ablate', position: gridPosition(), ...stack ? { stack } : {}, layer });
      if (gridOf !== mine) break;
      gridAnswer = answer;
      gridParts.push(...answer.parts);
      showGrid(room, acts);
    }
  } catch (error) {
    // The next act finds out whether the engine stopped; what is known stays.
    if (!(error instanceof Dropped)) room.replaceChildren(make('p', 'note', error.message));
  } finally { isFilling = false; }
}

const isOfStack = (part, stack) => part.stack === stack || part.stack === 'single' && !stack;

function showGrid(room, acts) {
  if (!gridAnswer || !room.isConnected) { room.replaceChildren(); return; }
  const { before, label, sentence } = gridAnswer, rows = new Map(), columns = [];
  for (const part of gridParts) {
    const row = `${part.stack} ${part.layer}`, column = columnOf(part);
    if (!rows.has(row)) rows.set(row, { part, cells: new Map() });
    rows.get(row).cells.set(column, part);
    if (!columns.includes(column)) columns.push(column);
  }
  const order = column => column.startsWith('H') ? 0 : column.startsWith('C') ? 1 : column === 'M' ? 2 : 3;
  columns.sort((a, b) => order(a) - order(b));
  const table = make('table', 'ablation'), head = make('tr');
  head.append(make('td'), ...columns.map(c => make('th', '', c === 'L' ? say('wholeLayer') : c.replace('C', '× '))));
  table.append(head);
  const isTwo = page.run.stacks.length > 1;
  for (const { part, cells } of rows.values()) {
    const line = make('tr'), name = make('th', '', `${isTwo ? say(part.stack === 'encoder' ? 'encoderShort' : 'decoderShort') : ''}L${part.layer}`);
    line.append(name, ...columns.map(column => gridCell(cells.get(column), before, acts)));
    table.append(line);
  }
  const intro = say('mattersOf', { token: label, before: share(before) });
  const scroll = make('div', 'ablation-room');
  scroll.append(table);
  room.replaceChildren(make('p', 'sentence', intro), scroll, make('p', 'sentence strong', sentence));
}

const columnOf = part => ({ head: `H${part.head}`, cross: `C${part.head}`, feedForward: 'M', layer: 'L' })[part.kind];

function gridCell(part, before, acts) {
  const cell = make('td');
  if (!part) return cell;
  const change = part.after - before, isOff = factorOf(state, part.name) === 0;
  const key = button('ablated', share(part.after).replace('%', ''), () => acts.factor(part.name, isOff ? 1 : 0),
    say('mattersCell', { part: part.title, after: share(part.after) }));
  key.setAttribute('aria-pressed', isOff);
  // The ground says how much is lost (or gained); the number says it too.
  const strength = Math.min(1, Math.abs(change) / Math.max(before, 1e-6));
  key.style.setProperty('--loss', `${Math.round(strength * 70)}%`);
  key.classList.add(change < 0 ? 'loses' : 'gains');
  cell.append(key);
  return cell;
}

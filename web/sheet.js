// The numbers of the figure on screen as real tables, with heads that are read aloud: for readers by ear or by Braille.
import { byId, make, button, exact } from './dom.js';
import { ask, tensors } from './engine.js';
import { say } from './words.js';
import { page, readTokens } from './run.js';
import { shownCells } from './cells.js';

/** A longer side is cut: nobody listens to more. */
const mostInTable = 64;

/** The button behind the figure; it is seen while it has the focus. */
export function dressSheet() { byId('sheet-open').textContent = say('sheet'); }

export async function showSheet() {
  const sheet = byId('sheet'), { steps, spots } = shownCells();
  const body = make('div', 'tables');
  if (spots.length) body.append(spotTable(spots));
  if (steps.size) {
    const numbers = await tensors([...steps.keys()]);
    for (const [step, index] of steps) {
      const found = numbers.get(step);
      if (found) body.append(stepTable(found, index, await ask({ ask: 'explain', step, index })));
    }
  }
  if (!body.childElementCount) body.append(make('p', '', say('sheetNone')));
  const head = make('h2', '', `${page.figure.title} · ${say('sheet')}`);
  head.id = 'sheet-head';
  sheet.replaceChildren(head, button('close', '×', () => sheet.close(), say('close')), body);
  // Wide tables are scrolled by keys.
  body.tabIndex = 0;
  body.setAttribute('role', 'region');
  body.setAttribute('aria-labelledby', 'sheet-head');
  sheet.setAttribute('aria-labelledby', 'sheet-head');
  sheet.showModal();
  body.focus();
}

function tableOf(caption, corner, columns, rows) {
  const table = make('table'), top = make('tr');
  table.append(make('caption', '', caption), make('thead'), make('tbody'));
  const headOf = (text, scope) => { const cell = make('th', '', text); cell.scope = scope; return cell; };
  top.append(corner ? headOf(corner, 'col') : make('td'), ...columns.map(text => headOf(text, 'col')));
  table.tHead.append(top);
  for (const [name, values] of rows) {
    const row = make('tr');
    row.append(headOf(name, 'row'), ...values.map(value => make('td', '', value)));
    table.tBodies[0].append(row);
  }
  return table;
}

/** The last axis beside the one of tokens, else the one before it; the others stay at the number that is shown. */
function stepTable({ shape, numbers }, index, { step, place }) {
  const column = shape.length - 1, row = rowAxis(step, column);
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const from = index.reduce((sum, at, axis) => axis === row || axis === column ? sum : sum + at * strides[axis], 0);
  const heads = axis => Array.from(
    { length: Math.min(shape[axis] ?? 1, mostInTable) }, (_, at) => headOf(step, axis, at));
  const columns = heads(column), rows = heads(row).map((name, down) => [name, columns.map(
    (_, across) => exact(numbers[from + down * (strides[row] ?? 0) + across * (strides[column] ?? 0)]))]);
  const sides = [shape[row] ?? 1, shape[column] ?? 1], isCut = sides.some(side => side > mostInTable);
  const head = step.axes.includes('head') ? ` (${place.split(' · ').slice(0, 2).join(' · ')})` : '';
  const caption = `${step.words}${head}, ${sides.join(' × ')}${isCut ? `. ${say('sheetCut', { n: mostInTable })}` : ''}`;
  return tableOf(caption, '', columns, rows);
}

function rowAxis({ axes }, column) {
  const ofTokens = axes.findLastIndex((name, axis) => axis < column && ['position', 'query'].includes(name));
  return ofTokens >= 0 ? ofTokens : column - 1;
}

/** A token's word where the axis counts tokens, else the place. */
function headOf(step, axis, at) {
  const name = step.axes[axis] ?? '', isDecoder = step.name.startsWith('decoder.') && !step.name.includes('cross_attn');
  const tokens = readTokens(isDecoder ? 'target' : 'tokens');
  const isOfTokens = ['position', 'query', 'key'].includes(name) && tokens.length === step.shape[axis];
  return isOfTokens ? `${tokens[at].word} ${at}` : String(at);
}

const spotTable = spots => tableOf(page.figure.title, say('sheetPlace'), [say('sheetValue')],
  spots.map(({ words }) => [words.title, [words.value === '' ? '' : exact(words.value)]]));

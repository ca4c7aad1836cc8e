// A perceptron's truth table: each case, its weighted sum, what it decides, what is wanted of it.
import { make, button, exact } from './dom.js';
import { say } from './words.js';

let tableRoom = null, tableTurn = null;

/** @param turn turns over what is wanted of a case, by its place */
export function buildTable(turn) {
  tableTurn = turn;
  tableRoom = make('section', 'perc-table');
  return tableRoom;
}

export function paintTable(perc, names) {
  const focused = tableRoom.contains(document.activeElement) ? document.activeElement.dataset.place : null;
  const table = make('table'), head = make('tr'), caption = make('caption', '', say('percTable'));
  for (const name of [...names, say('percSum'), say('percFires'), say('percWanted'), '']) {
    const cell = make('th', '', name);
    cell.scope = 'col';
    head.append(cell);
  }
  table.append(caption, make('thead'), make('tbody'));
  table.tHead.append(head);
  perc.cases.forEach((one, place) => {
    const row = make('tr', [one.right ? '' : 'wrong', place === perc.next && perc.mistakes ? 'next' : ''].join(' ').trim());
    const name = one.inputs.join('');
    for (const input of one.inputs) row.append(make('td', '', String(input)));
    row.append(make('td', 'sum', `${exact(one.sum)} ${one.fires ? '>' : '≤'} ${exact(perc.threshold)}`),
      make('td', '', one.fires ? '1' : '0'));
    const wanted = make('td'), value = one.wanted ? '1' : '0';
    const press = button('perc-wanted', value, () => tableTurn(place), say('percTurn', { case: name, value }));
    press.dataset.place = place;
    wanted.append(press);
    row.append(wanted, make('td', 'mark', one.right ? `✓ ${say('percRight')}` : `✗ ${say('percWrong')}`));
    table.tBodies[0].append(row);
  });
  tableRoom.replaceChildren(table);
  if (focused !== null) tableRoom.querySelector(`[data-place="${focused}"]`)?.focus({ preventScroll: true });
}

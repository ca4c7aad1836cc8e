// What of a picture moves as one: its matrices, bars and arrows by their names; and what stands around them.

const bearsName = '[data-step], [data-name]';

/**
 * The parts of a picture: `units`, the outermost elements with a name, and `loose`, runs of neighbours without one.
 * A unit is {element, step, isSign, isCell, at}; a sign is an arrow or an operator, which stands for no step.
 */
export function partition(svg) {
  const units = [], loose = [];
  const walk = parent => {
    let run = null;
    for (const element of parent.children) {
      if (/^(desc|defs|title|style)$/.test(element.tagName)) continue;
      if (element.matches(bearsName)) {
        run = null;
        units.push(unitOf(element));
      } else if (element.querySelector(bearsName)) {
        run = null;
        walk(element);
      } else if (run) run.push(element);
      else loose.push(run = [element]);
    }
  };
  walk(svg);
  return { units, loose };
}

function unitOf(element) {
  const { step, name, at, cell, from } = element.dataset, index = at ?? cell;
  return { element, step: step ?? name, isSign: step === undefined && /^(arrow|[^\p{L}\d\s]{1,2})$/u.test(name),
    isCell: index !== undefined, at: index, from: from ? from.split(' ') : [] };
}

/** A unit's cells by their index; a cell of its own is its only one. */
export function cellsOf(unit) {
  if (unit.cells) return unit.cells;
  unit.cells = new Map();
  if (unit.isCell) unit.cells.set(unit.at, unit.element);
  else for (const cell of unit.element.querySelectorAll('[data-at], [data-cell]')) {
    const index = cell.dataset.at ?? cell.dataset.cell;
    if (!unit.cells.has(index)) unit.cells.set(index, cell);
  }
  return unit.cells;
}

// ---- boxes, each measured once in a move

let boxes = new Map(), planes = new Map();

/** What was measured before is forgotten: rooms change, and pictures move. */
export function measureAnew() { [boxes, planes] = [new Map(), new Map()]; }

/** Where an element is on screen, also while it moves. */
export function boxOf(element) {
  let box = boxes.get(element);
  if (!box) {
    // A cell with its digits is where its ground is.
    const ground = element.tagName === 'g' && element.dataset.at ? element.firstElementChild ?? element : element;
    const { x, y, width, height } = ground.getBoundingClientRect();
    boxes.set(element, box = { x, y, width: Math.max(width, 0.5), height: Math.max(height, 0.5) });
  }
  return box;
}

export function around(a, b) {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return { x, y, width: Math.max(a.x + a.width, b.x + b.width) - x, height: Math.max(a.y + a.height, b.y + b.height) - y };
}

/** Where `box` comes to lie when `from` becomes `to`. */
const mapped = (box, from, to) => ({
  x: to.x + (box.x - from.x) * to.width / from.width, y: to.y + (box.y - from.y) * to.height / from.height });

/**
 * How pairs of cells lie to each other: {from, to, isEven}, the boxes around both and whether a single move of the
 * whole brings each cell to its own place without bending it.
 */
export function placing(pairs) {
  const [a, b] = pairs[0], [c, d] = pairs.at(-1), [e, f] = pairs[pairs.length >> 1];
  const from = around(boxOf(a), boxOf(c)), to = around(boxOf(b), boxOf(d));
  const bend = Math.abs(Math.log(from.width / to.width * to.height / from.height));
  const isAt = (old, now) => {
    const goal = mapped(boxOf(old), from, to), box = boxOf(now);
    return Math.abs(goal.x - box.x) < 4 && Math.abs(goal.y - box.y) < 4;
  };
  return { from, to, isEven: bend < 0.17 && isAt(a, b) && isAt(e, f) };
}

// ---- moves, as transforms

/** A parent's own plane on screen: {scale, x, y}; null where it is turned. */
function planeOf(parent) {
  if (!planes.has(parent)) {
    const m = parent.getScreenCTM();
    planes.set(parent, m && !m.b && !m.c && m.a > 0 && m.a === m.d ? { scale: m.a, x: m.e, y: m.f } : null);
  }
  return planes.get(parent);
}

/** The transforms that show an element as if `to` were at `from`, and at its own place; null where that cannot be. */
export function moveOf(element, from, to) {
  const plane = planeOf(element.parentNode);
  if (!plane) return null;
  const [sx, sy] = [from.width / to.width, from.height / to.height];
  const x = (from.x - plane.x - (to.x - plane.x) * sx) / plane.scale;
  const y = (from.y - plane.y - (to.y - plane.y) * sy) / plane.scale;
  const end = [...element.transform?.baseVal ?? []].map(({ matrix: m }) =>
    ` matrix(${[m.a, m.b, m.c, m.d, m.e, m.f].join(',')})`).join('');
  return [`translate(${x.toFixed(2)}px,${y.toFixed(2)}px) scale(${sx.toFixed(4)},${sy.toFixed(4)})${end}`,
    `translate(0px,0px) scale(1,1)${end}`];
}

/** Whether the two are the same place, as far as an eye can tell. */
export const isStill = (from, to) => Math.abs(from.x - to.x) < 0.7 && Math.abs(from.y - to.y) < 0.7
  && Math.abs(from.width - to.width) < 0.9 && Math.abs(from.height - to.height) < 0.9;

// Which matrix of the next picture is which of the last: by step and index; in a picture of the same kind also by place.
import { boxOf, cellsOf, placing } from './motion-units.js';

/** Of so many cells at most each glides by itself. */
const mostCells = 400;

/** A step without its layer: of a picture of another layer the matrices stand where those of this one stood. */
const flat = step => step.replace(/\bblocks\.\d+\./, '');

function byStep(units, name) {
  const found = new Map();
  for (const unit of units) {
    const key = name(unit.step);
    if (found.has(key)) found.get(key).push(unit); else found.set(key, [unit]);
  }
  return found;
}

const pairsOf = (old, now) => {
  const [a, b] = [cellsOf(old), cellsOf(now)], pairs = [];
  for (const [at, cell] of a) { const other = b.get(at); if (other) pairs.push([cell, other]); }
  return pairs;
};

/**
 * For each unit of the next picture where it comes from: {unit, old, pairs, way}. The way is `whole` (one move), `cells`
 * (each by itself), `part` (only the cells of `pairs`, as one), or `swap` (another matrix in its place).
 */
export function match(before, after, isSameKind) {
  const found = new Map(), olds = byStep(before, step => step);
  for (const [step, units] of byStep(after, step => step)) {
    const candidates = olds.get(step);
    if (candidates) units.forEach((unit, place) => {
      const one = sameCells(unit, candidates) ?? sameName(unit, candidates, units, place);
      if (one) found.set(unit, one);
    });
  }
  if (isSameKind) sameKind(before.filter(old => ![...found.values()].some(one => one.old === old)), after, found);
  return found;
}

/** The same numbers, wherever they stood: of one matrix, or of what is shown of it apart, a row as bars. */
function sameCells(unit, candidates) {
  let best = null;
  const all = new Map();
  for (const old of candidates) {
    const pairs = pairsOf(old, unit);
    for (const pair of pairs) if (!all.has(pair[1])) all.set(pair[1], pair);
    if (pairs.length && (!best || pairs.length > best.pairs.length || pairs.length === best.pairs.length
      && old.isCell === unit.isCell && best.old.isCell !== unit.isCell)) best = { unit, old, pairs };
  }
  if (best && all.size > best.pairs.length) best.pairs = [...all.values()];
  return best && { ...best, ...wayOf(best) };
}

function wayOf({ unit, pairs }) {
  if (unit.isCell) return { way: 'whole', ...placing(pairs) };
  const place = placing(pairs), isMost = pairs.length > cellsOf(unit).size * 0.8;
  const isFew = pairs.length <= mostCells;
  if (place.isEven) return { ...place, way: isMost ? 'whole' : isFew ? 'part' : 'none' };
  return { ...place, way: isFew ? 'cells' : 'none' };
}

/** What has no cells, arrows among them, one for one. */
function sameName(unit, candidates, units, place) {
  if (candidates.length !== units.length || cellsOf(unit).size) return null;
  const old = candidates[place];
  return cellsOf(old).size ? null : { unit, old, ...asOne(old, unit) };
}

const asOne = (old, unit) => ({ pairs: [], way: 'whole', isEven: true, from: boxOf(old.element), to: boxOf(unit.element) });

/** The same picture of another layer, head or token: one matrix takes another's place. */
function sameKind(before, after, found) {
  const olds = byStep(before, flat);
  for (const [step, units] of byStep(after.filter(unit => !found.has(unit)), flat)) {
    const candidates = olds.get(step) ?? [];
    if (candidates.length !== units.length) continue;
    units.forEach((unit, place) => {
      const old = candidates[place], [a, b] = [[...cellsOf(old).values()], [...cellsOf(unit).values()]];
      if (old.isCell !== unit.isCell || a.length !== b.length) return;
      const pairs = a.map((cell, i) => [cell, b[i]]), spot = a.length ? placing(pairs) : asOne(old, unit);
      // What would be bent on its way is there at once.
      const from = spot.isEven || unit.isCell ? spot.from : spot.to;
      found.set(unit, { unit, old, pairs, ...spot, from, way: 'swap' });
    });
  }
}

/** Where a matrix grows out of: {from, to}, boxes on screen, and its `source` if that is on the next picture; null where its source is on neither picture. */
export function originOf(unit, after, before) {
  // One number of a matrix that stands beside it.
  if (unit.isCell) {
    const home = after.find(other => !other.isCell && other.step === unit.step && cellsOf(other).has(unit.at));
    return home ? { from: boxOf(cellsOf(home).get(unit.at)), to: boxOf(unit.element), source: home } : null;
  }
  for (const [units, isHere] of [[after, true], [before, false]]) {
    const sources = units.filter(other => unit.from.includes(other.step) && !other.isCell);
    if (!sources.length) continue;
    const nearest = sources.toSorted((a, b) => distance(a, unit) - distance(b, unit))[0], pairs = pairsOf(nearest, unit);
    const place = pairs.length ? placing(pairs) : null;
    if (place?.isEven) return { ...place, source: isHere ? nearest : null };
    return { from: boxOf(nearest.element), to: boxOf(unit.element), source: isHere ? nearest : null };
  }
  return null;
}

function distance(a, b) {
  const [p, q] = [boxOf(a.element), boxOf(b.element)];
  return Math.hypot(p.x + p.width / 2 - q.x - q.width / 2, p.y + p.height / 2 - q.y - q.height / 2);
}

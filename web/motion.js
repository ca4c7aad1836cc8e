// Stepping is motion: what is in both pictures glides to its new place, then what is new comes, arrows last. Nothing of
// it is left when it ends: the picture is then what the engine drew.
import { partition, cellsOf, measureAnew, boxOf, moveOf, isStill } from './motion-units.js';
import { match, originOf } from './motion-match.js';

/** How long things take, in milliseconds: to leave, to glide, to grow out of their source, to appear; arrows. */
const time = { leave: 110, glide: 330, grow: 270, appear: 200, arrow: 150 };
const ease = 'cubic-bezier(.3,0,.1,1)';
const svgSpace = 'http://www.w3.org/2000/svg';
const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** What moves at present: {svg, old, parts, animations, runs}. */
let current = null;
/** The parts of the picture that stands still. */
let still = null;

export const isMoving = () => current !== null;

/** Ends the motion at once: the picture is as it was drawn. */
export function endMotion() {
  if (!current) return;
  const { old, animations, runs, room } = current;
  current = null;
  for (const animation of animations) { animation.onfinish = null; animation.cancel(); }
  for (const run of runs) run.replaceWith(...run.childNodes);
  old.remove();
  room.classList.remove('moving');
}

/**
 * Puts a picture into a room, from the one that is there. `isOn` says whether the two are of one story, `isSameKind`
 * whether they are the same picture of another place. `finish` makes the picture ready for being shown.
 */
export function replacePicture(room, svg, { isOn, isSameKind, finish }) {
  const old = room.querySelector('svg');
  if (!isOn || !old || calm.matches || document.hidden) {
    endMotion();
    room.replaceChildren(svg);
    still = null;
    return finish();
  }
  // What is on its way stops where it is, and goes on from there.
  const before = still?.svg === old ? still.parts : partition(old);
  const hidden = current ? hiddenNow(current) : null;
  if (current) {
    for (const animation of current.animations) { animation.onfinish = null; animation.pause(); }
    current.old.remove();
    current = null;
  }
  old.classList.add('leaving');
  room.prepend(svg);
  for (const other of [...room.children]) if (other !== svg && other !== old) other.remove();
  finish();
  const after = partition(svg);
  still = { svg, parts: after };
  measureAnew();
  const seen = hidden ? before.units.filter(unit => !hidden.has(unit.element)) : before.units;
  const plan = planOf({ units: seen, loose: before.loose }, after, isSameKind);
  start(room, svg, old, plan);
}

/** What has not yet appeared is not there for the next picture. */
function hiddenNow({ animations, swaps }) {
  const hidden = new Set();
  for (const { effect } of animations) {
    const { progress } = effect.getComputedTiming();
    // One that takes another's place is there all the while.
    if (swaps.has(effect.target)) continue;
    if (effect.getKeyframes()[0].opacity === '0' && (progress ?? 1) < 0.4) hidden.add(effect.target);
  }
  return hidden;
}

// ---- what moves where; all is measured before anything is changed

function planOf(before, after, isSameKind) {
  const found = match(before.units, after.units, isSameKind);
  const plan = { glides: [], grown: [], fades: [], swaps: [], arrows: [], gone: [] }, fresh = new Set();
  for (const unit of after.units) {
    const one = found.get(unit), late = unit.isSign ? plan.arrows : plan.fades;
    if (unit.isCell && one && !one.old.isCell && originOf(unit, after.units, before.units)) found.delete(unit);
    else if (one && one.way !== 'none' && !(unit.isSign && !isSameSign(one))) {
      glide(one, plan);
      continue;
    }
    const origin = unit.isSign ? null : originOf(unit, after.units, before.units);
    const move = origin && moveOf(unit.element, origin.from, origin.to);
    if (move) plan.grown.push({ element: unit.element, move, unit, source: origin.source });
    else { late.push(unit.element); if (!unit.isSign) fresh.add(unit); }
  }
  // What grows out of something that is new itself waits for it.
  for (const one of plan.grown) one.wave = waveOf(one, plan.grown, fresh);
  looseOf(before.loose, after.loose, plan);
  return plan;
}

function waveOf({ source }, grown, fresh) {
  if (!source) return 0;
  if (fresh.has(source)) return 1;
  const other = grown.find(one => one.unit === source);
  return other ? Math.min(2, 1 + (other.wave ?? 0)) : 0;
}

/** An arrow that says the same stays; another comes when what it joins has arrived. */
const isSameSign = ({ old, unit }) => old.element.textContent === unit.element.textContent
  && Math.hypot(boxOf(old.element).x - boxOf(unit.element).x, boxOf(old.element).y - boxOf(unit.element).y) < 30;

function glide({ unit, old, pairs, way, from, to }, plan) {
  if (way === 'whole' || way === 'swap') {
    const move = isStill(from, to) ? null : moveOf(unit.element, from, to);
    if (move) plan.glides.push({ element: unit.element, move });
    if (way === 'swap') plan.swaps.push(unit.element);
    else if (!unit.isCell || old.isCell) plan.gone.push(old.element);
    return;
  }
  const apart = new Set();
  for (const [cell, other] of pairs) {
    const move = way === 'part' ? moveOf(other, from, to) : moveOf(other, boxOf(cell), boxOf(other));
    if (!move) continue;
    plan.gone.push(cell);
    for (const element of withDigits(other)) {
      plan.glides.push({ element, move });
      for (let at = element; at !== unit.element; at = at.parentNode) apart.add(at);
    }
  }
  // Names and letters of a matrix that was turned, and its other cells, come with what is new.
  const moving = new Set(pairs.flatMap(pair => withDigits(pair[1])));
  const rest = parent => {
    let run = null;
    for (const element of parent.children) {
      if (apart.has(element)) {
        run = null;
        if (!moving.has(element)) rest(element);
      } else if (run) run.push(element);
      else plan.fades.push(run = [element]);
    }
  };
  rest(unit.element);
}

/** Digits that stand beside their cell move with it. */
function withDigits(cell) {
  const next = cell.nextElementSibling;
  return next?.classList.contains('digits') ? [cell, next] : [cell];
}

/** Letters and lines: those that are the same in both pictures stay, the others come with what is new. */
function looseOf(before, after, plan) {
  const known = new Map();
  for (const element of before.flat()) {
    const key = element.outerHTML;
    if (known.has(key)) known.get(key).push(element); else known.set(key, [element]);
  }
  for (const run of after) {
    let last = null;
    for (const element of run) {
      const old = known.get(element.outerHTML)?.shift();
      const isMark = !old && element.getAttribute('fill') === 'none' && element.tagName === 'rect';
      if (old) glideLoose(old, element, plan);
      else if (isMark) plan.arrows.push(element);
      else if (last) last.push(element);
      else plan.fades.push(last = [element]);
      if (old || isMark) last = null;
    }
  }
}

function glideLoose(old, element, plan) {
  const [from, to] = [boxOf(old), boxOf(element)], move = isStill(from, to) ? null : moveOf(element, from, to);
  plan.gone.push(old);
  if (move) plan.glides.push({ element, move });
}

// ---- the motion itself

function start(room, svg, old, plan) {
  const animations = [], runs = [];
  const move = (element, frames, duration, delay) =>
    animations.push(element.animate(frames, { duration, delay, easing: ease, fill: 'backwards' }));
  for (const element of plan.gone) element.style.visibility = 'hidden';
  const begin = time.leave * 0.8, arrived = plan.glides.length ? begin + time.glide : time.leave;
  for (const { element, move: [from, to] } of plan.glides) {
    move(element, [{ transform: from }, { transform: to }], time.glide, begin);
  }
  for (const { element, move: [from, to], wave } of plan.grown) {
    move(element, [{ transform: from, opacity: 0 }, { opacity: 1, offset: 0.5 }, { transform: to, opacity: 1 }],
      time.grow, arrived + wave * time.appear);
  }
  const appear = [{ opacity: 0 }, { opacity: 1 }], waves = Math.max(0, ...plan.grown.map(one => one.wave));
  for (const element of plan.swaps) move(element, appear, time.leave, 0);
  for (const one of plan.fades) {
    move(Array.isArray(one) ? gathered(one, runs) : one, appear, time.appear, arrived);
  }
  const late = arrived + (plan.grown.length ? waves * time.appear + time.grow - 40 : plan.fades.length ? 120 : 0);
  for (const element of plan.arrows) move(element, appear, time.arrow, late);
  animations.push(old.animate([{ opacity: 1 }, { opacity: 0 }], { duration: time.leave, fill: 'forwards' }));
  const ends = animation => animation.effect.getComputedTiming().endTime;
  const last = animations.reduce((a, b) => ends(b) > ends(a) ? b : a);
  current = { room, svg, old, animations, runs, swaps: new Set(plan.swaps) };
  room.classList.add('moving');
  last.onfinish = endMotion;
}

/** Neighbours that come together are one while they come. */
function gathered(elements, runs) {
  if (elements.length === 1) return elements[0];
  const run = document.createElementNS(svgSpace, 'g');
  elements[0].before(run);
  run.append(...elements);
  runs.push(run);
  return run;
}

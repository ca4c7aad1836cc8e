// The map of the model, with the text flowing through it: tokens, small pictures of each layer, what comes out.
import { byId, make, button, percent, keepingFocus } from './dom.js';
import { say } from './words.js';
import { state } from './state.js';
import { page, figureAt, figureNamed, partOf, readTokens, focus } from './run.js';
import { paintPattern, paintVectors } from './paint.js';

/** What a press does, given by the page: go to a figure, choose a token, ask about a number. */
let mapActs = null;
export const connectMap = given => { mapActs = given; };

/** What the map was last built of; a keystroke mostly changes numbers and tokens only. */
let builtOf = '';

/** The map of a text: built anew where the model's parts are others, else filled anew. */
export function buildMap() {
  const map = byId('map');
  // A single part is no map.
  map.hidden = page.run.parts.length < 2;
  const shape = JSON.stringify([state.language, page.run.parts]);
  if (shape === builtOf) return refill(map);
  builtOf = shape;
  keepingFocus(map, () => {
    map.textContent = '';
    map.setAttribute('aria-label', say('map'));
    page.run.parts.forEach((part, index) => {
      if (index) map.append(make('div', 'wire'));
      map.append(box(part, index));
    });
  });
}

function refill(map) {
  for (const element of map.querySelectorAll('.part')) {
    const part = page.run.parts[element.dataset.part];
    if (part.kind === 'tokens') element.querySelector('.chips').replaceWith(chips(part));
  }
  for (const element of map.querySelectorAll('.thumb')) paint(element.firstChild, element.picture, element.home);
}

function box(part, index) {
  const element = make('section', `part ${part.kind}`);
  element.dataset.part = index;
  const first = page.run.figures.find(f => f.part === index && f.stage !== undefined)
    ?? page.run.figures.find(f => f.part === index);
  const name = button('name', part.title, () => mapActs.enterPart(index));
  const note = make('i', '', '');
  name.append(note);
  element.append(name);
  if (!first) name.disabled = true;
  if (part.kind === 'tokens') element.append(chips(part));
  else if (part.kind === 'output') element.append(outcome());
  else element.append(pictures(part));
  return element;
}

// ---- tokens

function chips(part) {
  const which = part.stack === 'decoder' ? 'target' : 'tokens', list = make('div', 'chips');
  readTokens(which).forEach((token, position) => {
    const label = say('asks', { token: token.word, n: position });
    const chip = button(token.special ? 'special' : '', token.label, () => mapActs.choose(which, position), label);
    chip.dataset.which = which;
    chip.dataset.position = position;
    list.append(chip);
  });
  return list;
}

// ---- small pictures

function pictures(part) {
  const area = make('div', 'pictures'), rows = [];
  const isCross = picture => picture.step.includes('cross_attn');
  const heads = part.pictures.filter(p => p.form === 'pattern' && !isCross(p)).length;
  // Attention to the source has a row of its own; many heads, or two stacks, have two; neurons stand beside the first.
  const isWide = heads > 5 || page.run.stacks.length > 1;
  const half = part.pictures.some(isCross) || !isWide ? heads : Math.ceil(heads / 2);
  for (const picture of part.pictures) {
    const row = isCross(picture) || picture.form === 'pattern' && picture.head >= half ? 1 : 0;
    (rows[row] ??= make('div', 'row')).append(thumb(picture, part));
  }
  const lines = rows.filter(Boolean);
  if (lines.length > 1) area.classList.add('double');
  area.append(...lines);
  return area;
}

function thumb(picture, part) {
  const canvas = make('canvas');
  paint(canvas, picture, part);
  const place = { stack: part.stack, layer: part.layer, head: picture.head ?? state.head };
  const element = button(`thumb ${picture.form}`, '', () => {
    const kind = picture.form === 'pattern' ? headKind(picture, place) : picture.kind;
    const figure = figureAt(kind, place);
    if (figure) mapActs.go(figure);
  }, picture.words);
  // Its name is shown by the page, also to those who come by keys.
  element.removeAttribute('title');
  element.append(canvas);
  Object.assign(element, { picture, home: part });
  Object.assign(element.dataset, { kind: picture.kind, stack: part.stack, layer: part.layer ?? -1,
    head: picture.head ?? -1 });
  return element;
}

function paint(canvas, picture, part) {
  const found = page.pictures.get(picture.step);
  if (found && picture.form === 'pattern') paintPattern(canvas, found, picture.head);
  else if (found) paintVectors(canvas, found, part.kind === 'embedding' ? 48 : 12);
}

/** Another head shows the same stage, where the present stage is one of a head. */
function headKind(picture, place) {
  const now = figureAt(state.kind, place);
  const reads = kind => kind.startsWith('cross-');
  return now?.head !== undefined && reads(now.kind) === reads(picture.kind) ? now.kind : picture.kind;
}

// ---- what comes out

let outcomeOf = '';
const outcomeKey = () => JSON.stringify([page.asked, focus(page.run.next.kind === 'translation' ? 'decoder' : '')]);

function outcome() {
  outcomeOf = outcomeKey();
  const { kind, groups } = page.run.next, element = make('div', `outcome ${kind}`);
  if (kind === 'hidden' && !groups.length) {
    element.append(make('p', 'note', say('maskHint', { mask: '[MASK]' })));
    return element;
  }
  if (kind === 'translation') {
    const written = page.run.target.filter(t => t.written && !t.special).map(t => t.label).join('');
    element.append(make('p', 'written', written.replace(/␣/g, ' ').trim()));
  }
  const group = groupInFocus(kind, groups);
  if (!group) return element;
  const caption = kind === 'hidden' ? say('hidden', { token: group.after, n: group.position })
    : group.after ? say('likely', { token: group.after }) : '';
  if (caption && kind !== 'class') element.title = caption;
  if (group.fault) element.append(make('p', 'note', group.fault));
  for (const candidate of group.candidates.slice(0, kind === 'translation' ? 2 : 3)) {
    const words = `${candidate.label} ${percent(candidate.share)}`;
    const line = button('guess', '', () => mapActs.ask(group.step, candidate.index), `${caption} ${words}`.trim());
    const bar = make('u');
    bar.style.width = `${Math.max(2, candidate.share * 100)}%`;
    const room = make('span', 'room');
    room.append(bar);
    line.append(make('b', '', candidate.label), room, make('s', '', percent(candidate.share)));
    element.append(line);
  }
  return element;
}

function groupInFocus(kind, groups) {
  const place = focus(kind === 'translation' ? 'decoder' : '');
  return groups.find(g => g.position === place) ?? (kind === 'hidden' ? groups[0] : groups.at(-1));
}

/** The asked token changed: what comes out may speak of another place. */
function freshenOutcome() {
  const old = byId('map').querySelector('.outcome');
  if (old && outcomeKey() !== outcomeOf) old.replaceWith(outcome());
}

// ---- where we are

/** Lights the part, the head and the token of the present figure, and says what comes after that token. */
export function markMap() {
  freshenOutcome();
  const map = byId('map'), figure = figureNamed(page.shown) ?? figureAt(state.kind, state);
  for (const element of map.querySelectorAll('.part')) {
    const isHere = Number(element.dataset.part) === figure?.part;
    element.classList.toggle('here', isHere);
    const part = page.run.parts[element.dataset.part];
    element.querySelector('.name i').textContent =
      isHere && figure.head !== undefined ? `H${figure.head}` : note(part);
  }
  for (const element of map.querySelectorAll('.thumb')) {
    const { kind, stack, layer, head } = element.dataset;
    const isHere = Boolean(figure) && partOf(figure).stack === stack && (figure.layer ?? -1) === Number(layer)
      && (Number(head) < 0 ? figure.kind === kind
        : figure.head === Number(head) && figure.kind.startsWith('cross-') === kind.startsWith('cross-'));
    element.classList.toggle('here', isHere);
    if (isHere) element.setAttribute('aria-current', 'true'); else element.removeAttribute('aria-current');
  }
  for (const element of map.querySelectorAll('.chips button')) {
    const isFocus = Number(element.dataset.position) === focus(element.dataset.which === 'target' ? 'decoder' : '');
    element.setAttribute('aria-pressed', isFocus);
  }
  // Where things are is known once the page is laid out: asking sooner would lay it out twice.
  requestAnimationFrame(() => intoView(map));
}

function note(part) {
  if (part.kind === 'tokens') return String(readTokens(part.stack === 'decoder' ? 'target' : 'tokens').length);
  return '';
}

/** Scrolls the bar itself, never the page. */
function intoView(map) {
  const here = map.querySelector('.part.here');
  if (here && map.scrollWidth > map.clientWidth) {
    map.scrollLeft = here.offsetLeft - (map.clientWidth - here.offsetWidth) / 2;
  }
  for (const list of map.querySelectorAll('.chips')) {
    const chosen = list.querySelector('[aria-pressed=true]');
    if (chosen) list.scrollTop = chosen.offsetTop - list.offsetTop - list.clientHeight / 2 + chosen.offsetHeight / 2;
  }
}

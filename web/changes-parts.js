// Parts of the model that can be changed: which one is on screen, which one a number lies in, and the marks on the map.
import { byId } from './dom.js';
import { say } from './words.js';
import { state } from './state.js';
import { page, figureNamed, partOf } from './run.js';
import { factorOf } from './changes-state.js';

const prefixOf = stack => stack ? `${stack}.` : '';

/** A head, `{name, title}`. */
function headPart(stack, layer, head, isCross) {
  return { name: `${isCross ? 'cross.' : prefixOf(stack)}L${layer}H${head}`,
    title: say(isCross ? 'partCross' : 'partHead', { layer, head }) };
}

export const neuronPart = (stack, layer, n) =>
  ({ name: `${prefixOf(stack)}L${layer}N${n}`, title: say('partNeuron', { layer, n }) });

/** What of the model the figure on screen shows: a head, a feed-forward part, a layer; null where it is none of them. */
export function partOnScreen() {
  const figure = figureNamed(page.shown);
  if (!figure || figure.layer === undefined) return null;
  const stack = partOf(figure).stack, { layer, kind } = figure;
  if (figure.head !== undefined) return headPart(stack, layer, figure.head, kind.startsWith('cross-'));
  const isForward = ['feed-forward', 'activation-curve'].includes(kind);
  if (!isForward) return { name: `${prefixOf(stack)}L${layer}`, title: say('partLayer', { layer }) };
  return { name: `${prefixOf(stack)}L${layer}M`, title: say('partForward', { layer }), stack, layer, isForward };
}

/** The head or the neuron that a number lies in; null for any other number. */
export function partOfCell({ step, index }) {
  const found = /^(?:(encoder|decoder)\.)?blocks\.(\d+)\.(.+)$/.exec(step.name);
  if (!found) return null;
  const [, stack = '', layer, label] = found, head = step.axes.indexOf('head');
  if (/\.(unchanged|given|W_|b_)/.test(`.${label}`)) return null;
  if (head >= 0) return headPart(stack, layer, index[head], label.startsWith('cross_'));
  if (/^mlp\.(pre|post)$/.test(label)) return neuronPart(stack, layer, index.at(-1));
  return null;
}

// ---- marks on the map

const isChangeOf = (change, part) => (change.stack === part.stack || change.stack === 'single' && !part.stack)
  && change.layer === part.layer;

/** The changes that a small picture shows: its head's, its layer's neurons', or the whole layer's. */
function changesOf(picture, part) {
  const isCross = picture.step.includes('cross_attn'), isHead = picture.form === 'pattern';
  return (page.run.changes ?? []).filter(change => {
    if (change.key === 'patch' || !isChangeOf(change, part)) return false;
    switch (change.kind) {
      case 'head': return isHead && change.place === picture.head && change.cross === isCross;
      case 'attention': return isHead && change.cross === isCross;
      case 'neuron': case 'feedForward': return !isHead;
      case 'layer': return change.cross ? isHead && isCross : !isCross;
      default: return false;
    }
  });
}

/** Marks what is changed: small pictures, parts that take numbers from elsewhere, tokens put by hand. */
export function markChanges() {
  const map = byId('map');
  for (const element of map.querySelectorAll('.thumb')) {
    const found = state.before ? [] : changesOf(element.picture, element.home);
    element.classList.toggle('altered', found.length > 0);
    element.classList.toggle('is-off', found.some(c => c.factor === 0 && c.kind !== 'neuron'));
    const words = [element.picture.words, ...found.map(c => `${c.title}: ${c.words}`)].join(' · ');
    if (element.title !== words) { element.title = words; element.setAttribute('aria-label', words); }
  }
  for (const element of map.querySelectorAll('.part')) {
    const part = page.run.parts[element.dataset.part];
    const isPatched = !state.before && (page.run.changes ?? []).some(c => c.key === 'patch' && isChangeOf(c, part));
    element.classList.toggle('altered', part.kind === 'layer' && isPatched);
  }
  for (const chip of map.querySelectorAll('.chips button')) {
    chip.classList.toggle('put', Boolean(page.run[chip.dataset.which][chip.dataset.position]?.put));
  }
}

export const isPartChanged = part => factorOf(state, part.name) !== 1;

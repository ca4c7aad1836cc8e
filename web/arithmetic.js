// An explanation's tree as things to press: every operand a chip with its real value.
import { make, button, short, exact } from './dom.js';
import { say } from './words.js';
import { spotlight } from './cells.js';
import { chipColour } from './paint.js';

/** Longer sums show their largest terms first; other lists are cut in the middle. */
const manyTerms = 16, fewTerms = 10, manyParts = 8;

const isOperand = node => 'i' in node, isLeaf = node => isOperand(node) || 'k' in node || node.o === 'look_up';
const isSum = node => node.o === '+' || node.o === '-';
const valueOf = node => typeof node.v === 'number' ? node.v : 0;

/**
 * @param why the engine's answer
 * @param context follow: what pressing an operand does; all: whether every term is listed; toggle: changes that
 */
export const arithmetic = (why, context) => nodeOf(why.tree, why, context);

function leaf(node, why, context) {
  if (node.o === 'look_up') return leaf(node.x[0], why, context);
  if (!isOperand(node)) return make('span', 'chip still', exact(node.k));
  const input = why.inputs[node.i], cell = { step: input.name, index: node.at };
  const words = node.w ?? `${input.words} [${node.at.join(', ')}]`;
  const chip = button('chip', short(node.v), () => context.follow(cell), `${words}: ${exact(node.v)}`);
  chip.style.background = chipColour(node.v);
  let unlight = null;
  const light = () => { unlight?.(); unlight = spotlight(cell); }, dim = () => { unlight?.(); unlight = null; };
  chip.onpointerenter = light;
  chip.onfocus = light;
  chip.onpointerleave = dim;
  chip.onblur = dim;
  return chip;
}

function nodeOf(node, why, context) {
  if (isLeaf(node)) return leaf(node, why, context);
  if (node.o === '+' && isTable(node)) return table(node, why, context);
  if (node.o === '/') return fraction(node, why, context);
  const row = make('span', 'expression');
  const signs = { '+': '+', '*': '×', '-': '−' }, inner = n => nodeOf(n, why, context);
  if (signs[node.o]) {
    parts(node.x).forEach((part, index) => {
      if (index) row.append(make('span', 'sign', signs[node.o]));
      if (typeof part === 'number') return row.append(make('span', 'sign', `⋯ ${say('skipped', { n: part })} ⋯`));
      const needsBrackets = node.o !== '+' && isSum(part) && (node.o === '*' || index > 0);
      row.append(...(needsBrackets ? ['(', inner(part), ')'] : [inner(part)]));
    });
    return row;
  }
  if ((node.o === 'mean' || node.o === 'variance') && node.x.length > 1) {
    const chip = make('span', 'chip still', short(node.v));
    chip.title = `${say(node.o)} ${say('ofCount', { n: node.x.length })}`;
    row.append(make('span', '', say(node.o)), chip);
    return row;
  }
  if (node.o === 'exp') {
    row.className = 'expression power';
    const power = make('sup');
    power.append(inner(node.x[0]));
    row.append(make('i', '', 'e'), power);
    return row;
  }
  const names = { sqrt: '√', gelu_tanh: 'GELU', gelu: 'GELU', silu: 'SiLU', relu: 'ReLU' };
  row.append(`${names[node.o] ?? node.o}(`);
  parts(node.x).forEach((part, index) => {
    if (index) row.append(', ');
    row.append(typeof part === 'number' ? `⋯ ${say('skipped', { n: part })} ⋯` : inner(part));
  });
  row.append(')');
  return row;
}

/** A long list without its middle; the number says how many are left out. */
function parts(list) {
  if (list.length <= manyParts) return list;
  return [...list.slice(0, manyParts - 2), list.length - manyParts + 1, list.at(-1)];
}

function fraction(node, why, context) {
  const element = make('span', 'fraction');
  for (const part of node.x) {
    const line = make('span', 'line');
    line.append(nodeOf(part, why, context));
    if (!isLeaf(part) && part.o !== 'mean') line.append(make('span', 'sign', `= ${short(part.v)}`));
    element.append(line);
  }
  return element;
}

// ---- sums of products: a line each, with a signed bar

const isProduct = node => node.o === '*' && node.x.length === 2 && node.x.every(isLeaf);

function isTable(node) {
  const products = node.x.filter(isProduct);
  return products.length > 1 && node.x.every(part => isProduct(part) || isLeaf(part));
}

function table(node, why, context) {
  const grid = make('div', 'terms'), products = node.x.filter(isProduct), rest = node.x.filter(n => !isProduct(n));
  const limit = Math.max(...node.x.map(n => Math.abs(valueOf(n))), 1e-9);
  const head = part => {
    if (!isOperand(part)) return make('span');
    const input = why.inputs[part.i];
    return make('span', `heading role-${input.role}`, input.heading);
  };
  // A sum over tokens says in each line which one it speaks of.
  const tokenOf = product => product.x[0].t ?? product.x[1].t ?? '', hasTokens = products.some(tokenOf);
  const label = text => hasTokens ? [make('span', 'token', text)] : [];
  grid.classList.toggle('named', hasTokens);
  grid.append(...label(''), head(products[0].x[0]), make('span'), head(products[0].x[1]), make('span'),
    make('span', 'heading number', say('product')), make('span'));
  const isLong = products.length > manyTerms;
  let shown = products;
  if (isLong && !context.all) {
    shown = [...products].sort((a, b) => Math.abs(valueOf(b)) - Math.abs(valueOf(a))).slice(0, fewTerms);
  }
  for (const product of shown) {
    const { x, v } = product;
    grid.append(...label(tokenOf(product)), leaf(x[0], why, context), make('span', 'sign', '×'), leaf(x[1], why, context), make('span', 'sign', '='),
      make('span', 'number', short(v)), bar(v, limit));
  }
  if (isLong) {
    const hidden = products.filter(p => !shown.includes(p));
    const sum = short(hidden.reduce((total, p) => total + valueOf(p), 0));
    const words = context.all ? say('fewer')
      : say('largest', { n: fewTerms, all: products.length, rest: hidden.length, sum });
    grid.append(button('more', words, context.toggle));
  }
  for (const part of rest) {
    const words = isOperand(part) ? why.inputs[part.i].words : '';
    grid.append(...label(''), make('span', 'heading', words), make('span', 'sign', '+'), leaf(part, why, context),
      make('span', 'sign', '='), make('span', 'number', short(part.v)), bar(part.v, limit));
  }
  return grid;
}

function bar(value, limit) {
  const element = make('span', 'bar'), ink = make('i', value < 0 ? 'negative' : 'positive');
  if (typeof value === 'number') ink.style.width = `${Math.min(50, Math.abs(value) / limit * 50)}%`;
  element.append(ink);
  return element;
}

// The plane of a perceptron's two inputs: where it fires, and the four cases.
import { make } from './dom.js';
import { pointColour } from './paint.js';

const planeSpace = 'http://www.w3.org/2000/svg';

function shape(name, attributes, text) {
  const element = document.createElementNS(planeSpace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  return element;
}

/** Input space from −0.5 to 1.5 in a square of 400. */
const across = x => (x + 0.5) * 200, down = y => (1.5 - y) * 200;

export function paintPlane(room, perc, words) {
  const svg = shape('svg', { viewBox: '-34 -8 442 442', role: 'img', 'aria-label': words, class: 'perc-plane' });
  svg.append(shape('rect', { width: 400, height: 400, class: 'ground' }));
  const corners = [];
  for (let at = 0; at < perc.region.length; at += 2) corners.push(`${across(perc.region[at])},${down(perc.region[at + 1])}`);
  if (corners.length > 2) svg.append(shape('polygon', { points: corners.join(' '), class: 'fires' }));
  for (const value of [0, 1]) {
    svg.append(shape('path', { d: `M${across(value)} 0V400M0 ${down(value)}H400`, class: 'axis' }),
      shape('text', { x: across(value), y: 424, 'text-anchor': 'middle' }, String(value)),
      shape('text', { x: -12, y: down(value) + 5, 'text-anchor': 'end' }, String(value)));
  }
  svg.append(shape('text', { x: 400, y: 424, 'text-anchor': 'end', class: 'name' }, 'x₀'),
    shape('text', { x: -12, y: 14, 'text-anchor': 'end', class: 'name' }, 'x₁'));
  for (const one of perc.cases) {
    const [x, y] = [across(one.inputs[0]), down(one.inputs[1])];
    if (!one.right) svg.append(shape('circle', { cx: x, cy: y, r: 23, class: 'wrong' }));
    const mark = one.wanted ? shape('circle', { cx: x, cy: y, r: 13 }) : shape('path', { d: `M${x} ${y - 17}l17 17-17 17-17-17z` });
    mark.style.fill = pointColour(one.wanted ? 1 : -1);
    mark.setAttribute('class', 'case');
    svg.append(mark, shape('text', { x: x + 28, y: y - 12, class: 'sum' }, String(one.sum)));
  }
  room.replaceChildren(make('div', 'perc-square'));
  room.firstChild.append(svg);
}

// The present figure as a file of its own: whole, with title and sentence, fonts named inside.
import { ask, fonts } from './engine.js';
import { state } from './state.js';
import { page, figureNamed, drawnAnswer } from './run.js';
import { figureQuestion } from './figure.js';

/** A name that says which figure it is. */
export function fileName() {
  if (state.table) return `glassformer-${state.table}`.replace(/[^\w.-]+/g, '-');
  const figure = figureNamed(page.shown), parts = ['glassformer'];
  if (figure.layer !== undefined) {
    const stack = page.run.parts[figure.part].stack;
    if (stack) parts.push(stack);
    parts.push(`L${figure.layer}`);
  }
  if (figure.head !== undefined) parts.push(`H${figure.head}`);
  return [...parts, figure.kind].join('-');
}

/** The present figure in a size of its own, as text of an SVG. */
export async function figureAsSVG(size) {
  const figure = figureNamed(page.shown);
  const { svg } = figure?.drawn !== undefined ? drawnAnswer(figure) : await ask(figureQuestion(figure, ...size, false));
  const rules = Object.entries(fonts).map(([name, list]) => `.${name}{font-family:${list}}`).join('');
  const style = `<style>text{white-space:pre}.text{font-variant-numeric:tabular-nums}${rules}</style>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${svg.replace(/<svg[^>]*>/, open => open + style)}`;
}

/** Hands a file to the browser to be kept. */
export function keepFile(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// Small pictures of tensors, and the colours of chips, by the colours of the style sheet.

let palette = null, ramps = null;

const parsed = text => [1, 3, 5].map(i => parseInt(text.trim().slice(i, i + 2), 16));
const mixed = (a, b, share) => a.map((x, i) => Math.round(x + (b[i] - x) * share));

/** To be called when the theme has changed. */
export function readPalette() {
  const style = getComputedStyle(document.documentElement);
  palette = Object.fromEntries(['paper', 'panel', 'negative', 'positive', 'full', 'ink', 'muted', 'line']
    .map(name => [name, parsed(style.getPropertyValue('--' + name))]));
  const { paper, panel, negative, positive, full } = palette;
  ramps = { negative: ramp(paper, negative), positive: ramp(paper, positive), full: ramp(paper, full),
    panel: ramp(panel, panel) };
}

/** A ramp of 256 colours as the pixels of a picture are written: red, green, blue, all of it opaque. */
function ramp(from, to) {
  const bytes = new Uint8Array(256 * 4);
  for (let i = 0; i < 256; i++) bytes.set([...mixed(from, to, i / 255), 255], i * 4);
  return new Uint32Array(bytes.buffer);
}

const signed = (value, limit) => {
  const size = Math.min(255, Math.abs(value) / (limit || 1) * 255) | 0;
  return value < 0 ? ramps.negative[size] : ramps.positive[size];
};

/** The ground of a chip; its text stays readable on it. */
export function chipColour(value) {
  if (typeof value !== 'number' || Math.abs(value) < 0.06) return '';
  const end = value < 0 ? palette.negative : palette.positive;
  return `rgb(${mixed(palette.paper, end, 0.55 * Math.min(1, Math.abs(value) / 3))})`;
}

function filled(canvas, rows, columns, colour) {
  if (canvas.width !== columns) canvas.width = columns;
  if (canvas.height !== rows) canvas.height = rows;
  const context = canvas.getContext('2d'), image = context.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  for (let row = 0, at = 0; row < rows; row++) for (let column = 0; column < columns; column++, at++) {
    pixels[at] = colour(row, column);
  }
  context.putImageData(image, 0, 0);
}

/** One head's pattern, a row a query; what has no weight at all is grey. */
export function paintPattern(canvas, { shape, numbers }, head) {
  const [, , rows, columns] = shape, start = head * rows * columns;
  filled(canvas, rows, columns, (row, column) => {
    const weight = numbers[start + row * columns + column];
    return weight > 0 ? ramps.full[Math.min(255, weight * 255 | 0)] : ramps.panel[0];
  });
}

/** Vectors, a row a token; of neighbouring columns the strongest is shown where there are too many. */
export function paintVectors(canvas, { shape, numbers }, most) {
  const width = shape.at(-1), rows = numbers.length / width, columns = Math.min(most, width), bin = width / columns;
  let limit = 0;
  for (const number of numbers) if (Number.isFinite(number)) limit = Math.max(limit, Math.abs(number));
  filled(canvas, rows, columns, (row, column) => {
    let strongest = 0;
    for (let at = Math.floor(column * bin); at < Math.floor((column + 1) * bin); at++) {
      const number = numbers[row * width + at];
      if (Math.abs(number) > Math.abs(strongest)) strongest = number;
    }
    return signed(strongest, limit * 0.7);
  });
}

/** Values over a plane, row by row; only on which side of 0 they lie, where that is all that is asked. */
export function paintField(canvas, numbers, side, limit, isSplit) {
  filled(canvas, side, side, (row, column) => {
    const value = numbers[row * side + column];
    return signed(isSplit ? Math.sign(value) * limit : value, limit);
  });
}

/** A point's colour, away from the field that it lies on. */
export function pointColour(label) {
  const end = label >= 0 ? palette.positive : palette.negative;
  const own = mixed(palette.paper, end, 0.15 + 0.85 * Math.min(1, Math.abs(label)));
  return `rgb(${mixed(own, palette.ink, 0.42)})`;
}

/** A link's colour by its weight. */
export function linkColour(weight) {
  return `rgb(${mixed(palette.paper, weight < 0 ? palette.negative : palette.positive,
    0.3 + 0.7 * Math.min(1, Math.abs(weight)))})`;
}

/** A colour of the style sheet, as a canvas takes it. */
export const inkOf = name => `rgb(${palette[name]})`;

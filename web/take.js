// What can be taken away from where the page is: a picture in any of three sizes, and, where a server holds the text,
// slides, a workbook, the trace and the page itself. What cannot be made here is not offered.
import { byId, make, button } from './dom.js';
import { data, askedNow } from './engine.js';
import { Refusal } from './faults.js';
import { say } from './words.js';
import { state, themeNow } from './state.js';
import { page, figureNamed } from './run.js';
import { figureQuestion } from './figure.js';
import { figureAsSVG, keepFile, fileName } from './download.js';
import { pageId } from './server.js';

const canvasSizes = { slide: [1600, 900], wide: [1200, 500], square: [1080, 1080] };
let canvasSize = 'slide';

/** Those that a page makes by itself, and those that a server makes: of the figure, of the whole text. */
const ownKinds = ['svg', 'png'], figureKinds = ['pdf'], textKinds = ['pptx', 'xlsx', 'safetensors', 'html'];

const serverTakes = () => Boolean(data.server?.take) && data.sources.find(one => one.name === askedNow().source)?.at === 'server';

/** A picture of pixels, twice as fine as it is large; letters as the page shows them. */
async function asPNG(svg, [width, height]) {
  const picture = new Image();
  // The policy of a page in one file allows pictures that are written out, and no others.
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = make('canvas');
  Object.assign(canvas, { width: width * 2, height: height * 2 });
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => canvas.toBlob(blob => blob ? done(blob) : fail(new Refusal('PNG?')), 'image/png'));
}

async function fromServer(kind) {
  const figure = figureNamed(page.shown), { source, about } = askedNow();
  const ofFigure = figureKinds.includes(kind) ? figureQuestion(figure, ...canvasSizes[canvasSize], false) : {};
  const asked = { source, about, language: state.language, theme: themeNow(), layer: state.layer, head: state.head,
    ...ofFigure, take: kind };
  delete asked.ask;
  const answer = await fetch(data.server.take, { method: 'POST', body: JSON.stringify(asked),
    headers: { 'Content-Type': 'application/json', 'X-Glassformer-Page': pageId() } });
  if (!answer.ok) {
    let words = `${answer.status} ${answer.statusText}`;
    try { words = (await answer.json()).error ?? words; } catch { /* No words of its own. */ }
    throw new Refusal(words);
  }
  keepFile(await answer.blob(), `${ofFigure.name ? fileName() : 'glassformer'}.${kind}`);
}

async function takeAway(kind) {
  if (!ownKinds.includes(kind)) return fromServer(kind);
  const svg = await figureAsSVG(canvasSizes[canvasSize]);
  if (kind === 'svg') return keepFile(new Blob([svg], { type: 'image/svg+xml' }), `${fileName()}.svg`);
  const box = /viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"/.exec(svg);
  keepFile(await asPNG(svg, box ? [Math.ceil(box[1]), Math.ceil(box[2])] : canvasSizes[canvasSize]), `${fileName()}.png`);
}

/** Fills the sheet anew and opens it. */
function openTake(doing) {
  const sheet = byId('take-sheet'), body = byId('take-body');
  body.textContent = '';
  const head = make('h2', '', say('take'));
  head.id = 'take-head';
  const sizes = make('fieldset', 'sizes');
  sizes.append(make('legend', '', say('size')));
  for (const [name, [width, height]] of Object.entries(canvasSizes)) {
    const line = make('label'), radio = make('input');
    Object.assign(radio, { type: 'radio', name: 'canvas-size', checked: name === canvasSize });
    radio.onchange = () => { canvasSize = name; };
    const shape = make('i');
    shape.style.width = `${width / 40}px`;
    shape.style.height = `${height / 40}px`;
    line.append(radio, shape, make('span', '', say(`size-${name}`)), make('small', '', `${width} × ${height}`));
    sizes.append(line);
  }
  body.append(head, sizes, kindsOf('thisFigure', [...ownKinds, ...serverTakes() ? figureKinds : []], doing));
  if (serverTakes()) body.append(kindsOf('wholeText', textKinds, doing));
  byId('take-close').setAttribute('aria-label', say('close'));
  sheet.showModal();
}

function kindsOf(title, kinds, doing) {
  const section = make('section', 'kinds');
  section.append(make('h3', '', say(title)));
  for (const kind of kinds) {
    const one = button('kind', '', () => {
      byId('take-sheet').close();
      doing(() => takeAway(kind));
    });
    one.dataset.take = kind;
    one.append(make('b', '', say(`kind-${kind}`)), make('small', '', `.${kind}`));
    section.append(one);
  }
  return section;
}

/** @param doing does something that asks the engine. */
export function connectTake(doing) {
  const sheet = byId('take-sheet');
  byId('download').onclick = () => openTake(doing);
  byId('take-close').onclick = () => sheet.close();
  // Beside the sheet is outside of it.
  sheet.addEventListener('click', event => { if (event.target === sheet) sheet.close(); });
}

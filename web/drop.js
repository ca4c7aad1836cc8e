// A trace file that is dropped on the page, or chosen: it is drawn like a run that went in with the page.
import { byId } from './dom.js';
import { data, addRun } from './engine.js';
import { Refusal } from './faults.js';
import { say } from './words.js';
import { state } from './state.js';
import { page } from './run.js';
import { attempt, complain, show } from './show.js';

/** As many bytes as a page may hold of a run. */
const mostRunBytes = 64 << 20;

/** A chapter is about its own figures; where a server answers there is no engine here to read a file. */
export const canOpen = data.sources.length > 0 && !data.lesson && Boolean(data.program);

async function takeRun(file, opened) {
  complain('');
  if (file.size > mostRunBytes) throw new Refusal(say('tooLarge', { name: file.name, most: mostRunBytes >> 20 }));
  await addRun(file.name, new Uint8Array(await file.arrayBuffer()));
  Object.assign(state, { file: file.name, table: null, cell: null, frame: -1, position: -1, target: -1 });
  page.trail = [];
  opened();
  await show();
}

/** Lets files be dropped anywhere; `opened` puts the page's head right, `shown` is called when all is shown. */
export function connectDrop(opened, shown) {
  if (!canOpen) return;
  const take = async file => { if (file && await attempt(() => takeRun(file, opened))) shown(); };
  const isFile = event => event.dataTransfer?.types.includes('Files');
  addEventListener('dragover', event => {
    if (!isFile(event)) return;
    event.preventDefault();
    document.body.classList.add('dropping');
  });
  const leave = () => document.body.classList.remove('dropping');
  addEventListener('dragleave', event => { if (!event.relatedTarget) leave(); });
  addEventListener('drop', event => {
    leave();
    if (!isFile(event)) return;
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  });
  byId('file').addEventListener('change', event => {
    take(event.target.files[0]);
    event.target.value = '';
  });
}

export const chooseFile = () => byId('file').click();

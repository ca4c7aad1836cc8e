// The address of what is shown, as a code for the cameras of a class.
import { byId } from './dom.js';
import { ask, data } from './engine.js';
import { say } from './words.js';
import { sharedAddress } from './state.js';

/** Others cannot open a file of this machine. */
export const canShare = /^https?:$/.test(location.protocol) && data.sources.length > 0;

export async function showCode() {
  const address = sharedAddress(), { svg } = await ask({ ask: 'code', text: address }), sheet = byId('code-sheet');
  // Made by the engine; it holds no text.
  byId('code-picture').innerHTML = svg;
  byId('code-picture').firstChild.setAttribute('role', 'img');
  byId('code-picture').firstChild.setAttribute('aria-label', say('code'));
  byId('code-address').textContent = decodeURI(address);
  byId('code-close').setAttribute('aria-label', say('close'));
  sheet.showModal();
}

export function connectCode(show) {
  const sheet = byId('code-sheet');
  byId('code').hidden = !canShare;
  byId('code').onclick = show;
  byId('code-close').onclick = () => sheet.close();
  // Beside the sheet is outside of it.
  sheet.addEventListener('click', event => { if (event.target === sheet) sheet.close(); });
}

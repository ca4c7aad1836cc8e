// An activation from another text: what enters a layer there, of one token or of all, is put in this run's place.
import { make } from './dom.js';
import { data } from './engine.js';
import { say } from './words.js';
import { state, isLive } from './state.js';
import { page } from './run.js';

/** The form, `{element, set}`; null where no other text can be read. */
export function patchForm(acts) {
  if (!isLive() || !data.sources.length) return null;
  const element = make('details', 'change-part'), form = make('form', 'patch-form');
  const text = make('input'), layer = make('select'), place = make('select'), press = make('button', '', say('takeIt'));
  Object.assign(text, { type: 'text', required: true, spellcheck: false, autocomplete: 'off', dir: 'auto' });
  const rows = [['otherText', text], ['takeLayer', layer], ['takePlace', place]];
  for (const [word, field] of rows) {
    const label = make('label', '', say(word));
    label.append(field);
    form.append(label);
  }
  form.append(press);
  element.append(make('summary', '', say('takeFrom')), form);
  form.onsubmit = event => {
    event.preventDefault();
    const one = place.value === '' ? '' : `:${place.value}`;
    acts.change({ patch: [...state.patch, `${layer.value}${one}=${text.value}`], before: false });
  };
  let offeredFor = '';
  const set = () => {
    const { stacks, tokens, target } = page.run, key = JSON.stringify([stacks, tokens, target]);
    if (key === offeredFor) return;
    offeredFor = key;
    const chosen = [layer.value, place.value];
    layer.replaceChildren(...stacks.flatMap(({ name, layers }) => layers.map(l => {
      const isTwo = stacks.length > 1, words = isTwo ? say(name === 'encoder' ? 'encoderShort' : 'decoderShort') : '';
      return option(`${name ? name + '.' : ''}L${l}`, `${words}L${l}`);
    })));
    layer.onchange = () => places(place);
    if ([...layer.options].some(o => o.value === chosen[0])) layer.value = chosen[0];
    places(place);
    if ([...place.options].some(o => o.value === chosen[1])) place.value = chosen[1];
  };
  const places = list => {
    const isTarget = layer.value.startsWith('decoder.'), all = page.run[isTarget ? 'target' : 'tokens'];
    list.replaceChildren(...all.slice(0, isTarget ? -1 : all.length).map((t, at) => option(String(at), `${at} · ${t.label}`)),
      option('', say('everyToken')));
  };
  return { element, set };
}

function option(value, words) {
  const element = make('option', '', words);
  element.value = value;
  return element;
}

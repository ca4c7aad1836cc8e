// What may come next: before and after the changes, and as it is drawn; pressed, a token is put there.
import { make, button, exact } from './dom.js';
import { ask } from './engine.js';
import { say } from './words.js';
import { state } from './state.js';
import { page, focus } from './run.js';
import { isSampling, samplingAsked } from './changes-state.js';
import { dial, share } from './changes-dial.js';

/** Asks what may stand at the place that is looked at. */
export function askGuess() {
  const { kind } = page.run.next;
  if (kind === 'none') return null;
  return ask({ ask: 'guess', position: focus(kind === 'translation' ? 'decoder' : ''), ...samplingAsked(state) });
}

/** The rows of tokens, with their bars. */
export function guessTable(guess, acts) {
  const columns = [...guess.changed ? ['before'] : [], 'now', ...isSampling(state) && guess.kept !== undefined ? ['drawn'] : []];
  const names = { before: say('before'), now: guess.changed ? say('after') : '', drawn: say('drawnBy') };
  const table = make('div', `guesses c${columns.length}`);
  if (columns.length > 1) {
    table.append(make('span'), make('span'), ...columns.map(name => make('span', `column of-${name}`, names[name])));
  }
  for (const token of guess.tokens) {
    const words = columns.map(name => `${names[name]} ${share(token[name])}`.trim()).join(', ');
    const label = guess.put === undefined ? make('b', 'token', token.label)
      : button('token', token.label, () => acts.put(guess.put, token.id),
        say(guess.kind === 'next' ? 'goOnWith' : 'putHere', { token: token.label }));
    const bars = make('span', 'guess-bars');
    for (const name of columns) {
      const bar = make('u', `of-${name}`);
      bar.style.width = `${Math.max(token[name] > 0 ? 1.5 : 0, token[name] * 100)}%`;
      bars.append(bar);
    }
    table.append(label, bars);
    for (const name of columns) {
      const text = share(token[name]);
      // The number on screen can be asked; the other one is of the other run.
      const isAsked = name === (state.before && guess.changed ? 'before' : 'now');
      const cell = isAsked ? button(`share of-${name}`, text, () => acts.ask(guess.step, token.index),
        `${token.label}: ${words}. ${say('askShare', { share: text })}`) : make('span', `share of-${name}`, text);
      cell.title = exact(token[name]);
      table.append(cell);
    }
  }
  return table;
}

export function guessTitle(guess) {
  if (guess.kind === 'class') return say('guessClass');
  return say(guess.kind === 'hidden' ? 'guessHidden' : 'guessOf', { token: guess.after, n: guess.position });
}

export function guessHint(guess) {
  if (guess.kind === 'class') return '';
  if (guess.put === undefined) return say('lastOnly');
  return say({ next: 'pressToGoOn', hidden: 'pressToPut', translation: 'pressToTurn' }[guess.kind]);
}

/** Temperature, cuts, seed: dials that stay, and how to set them. */
export function samplingDials(acts) {
  const turn = key => (value, isFirst) => acts.slide({ sampling: { ...state.sampling, [key]: value } }, isFirst);
  const dials = {
    temperature: dial({ label: say('temperature'), least: 0, most: 2, step: 0.05, typed: [0, 10] }, turn('temperature')),
    topK: dial({ label: say('topK'), least: 0, most: 40, step: 1, typed: [0, 100000],
      words: value => value ? '' : say('all') }, (value, isFirst) => turn('topK')(Math.round(value), isFirst)),
    topP: dial({ label: say('topP'), least: 0.05, most: 1, step: 0.05, typed: [0.001, 1] }, turn('topP')),
    seed: dial({ label: say('seed'), least: 0, most: 99, step: 1, typed: [0, 999999999] },
      (value, isFirst) => turn('seed')(Math.round(value), isFirst)),
  };
  const element = make('div', 'dials');
  element.append(...Object.values(dials).map(one => one.element));
  return { element, set: () => { for (const key in dials) dials[key].set(state.sampling[key]); } };
}

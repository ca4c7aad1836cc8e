// The question of "ask me first" in the panel: options to choose from, and then why each is right or wrong.
import { make, button, percent } from './dom.js';
import { say } from './words.js';
import { state } from './state.js';
import { question, isAsking, counted } from './predict.js';

let questionActs = null;
/** @param given what answering and going on do. */
export const connectQuestion = given => { questionActs = given; };

let picked = null, pickedOf = null;

/** The question, open or answered; null where there is none. */
export function questionPanel() {
  if (!question) return null;
  const body = make('section', 'predict');
  body.append(make('p', 'kicker', say(isAsking() ? 'askedFirst' : 'answered')));
  body.append(isAsking() ? questionForm() : questionReasons());
  const { asked, right } = counted();
  if (asked) body.append(make('p', 'count', say('rightCount', { right, all: asked })));
  return body;
}

function questionForm() {
  const element = make('form'), group = make('fieldset');
  group.append(make('legend', '', question.question));
  if (pickedOf !== question.about) [picked, pickedOf] = [null, question.about];
  const send = make('button', 'send', say('answer'));
  send.type = 'submit';
  send.disabled = picked === null;
  question.options.forEach((option, at) => {
    const line = make('label', 'option'), radio = make('input');
    Object.assign(radio, { type: 'radio', name: 'prediction', value: at, checked: at === picked });
    radio.onchange = () => { picked = at; send.disabled = false; };
    line.append(radio, optionWords(option, at));
    group.append(line);
  });
  const row = make('div', 'ways');
  row.append(send, button('plain', say('onlyShow'), () => questionActs.answer(null)));
  element.append(group, row);
  element.onsubmit = event => { event.preventDefault(); if (picked !== null) questionActs.answer(picked); };
  return element;
}

/** What an option says: its words, or its row of weights as columns. */
function optionWords(option, at) {
  const element = make('span', 'words', option.label);
  if (!option.row) return element;
  element.textContent = '';
  const list = option.row.map((share, i) => `${question.columns[i]} ${percent(share)}`).join(', ');
  element.append(make('b', 'unseen', `${String.fromCharCode(65 + at)}: ${list}`));
  const bars = make('span', 'columns');
  bars.setAttribute('aria-hidden', 'true');
  option.row.forEach((share, i) => {
    const column = make('span', 'column'), room = make('i'), bar = make('u');
    bar.style.height = `${Math.max(share * 100, share > 0 ? 2 : 0)}%`;
    room.append(bar);
    column.title = `${question.columns[i]} ${percent(share)}`;
    column.append(room);
    if (option.row.length <= 7) column.append(make('s', '', percent(share)));
    if (option.row.length <= 14) column.append(make('em', '', question.columns[i].replace(/^“|”.*$/g, '')));
    bars.append(column);
  });
  element.append(bars);
  return element;
}

function questionReasons() {
  const element = make('div', 'reasons'), own = question.options[state.answer], isRight = own?.right;
  element.append(make('p', 'asked', question.question));
  const verdict = make('p', isRight ? 'verdict good' : 'verdict', say(!own ? 'shown' : isRight ? 'right' : 'wrong'));
  verdict.setAttribute('role', 'status');
  element.append(verdict);
  const list = make('ul'), same = new Set(question.options.map(option => option.why)).size === 1;
  question.options.forEach((option, at) => {
    const line = make('li', `${option.right ? 'good' : ''} ${at === state.answer ? 'own' : ''}`.trim()), head = make('p', 'line');
    const mark = option.right ? '✓' : at === state.answer ? '✗' : '';
    const sign = make('b', 'mark', mark);
    sign.setAttribute('aria-hidden', 'true');
    head.append(sign);
    if (mark) head.append(make('span', 'unseen', say(option.right ? 'isRight' : 'isOwn')));
    head.append(optionWords(option, at));
    if (option.number) head.append(make('s', '', option.number));
    line.append(head);
    if (option.share !== undefined && option.number) {
      const room = make('span', 'length'), bar = make('u');
      bar.style.width = `${Math.max(1, option.share * 100)}%`;
      room.append(bar);
      line.append(room);
    }
    if (!same) line.append(make('p', 'reason', option.why));
    list.append(line);
  });
  element.append(list);
  if (same) element.append(make('p', 'reason whole', question.options[0].why));
  element.append(button('send', say('goOn'), questionActs.goOn));
  return element;
}

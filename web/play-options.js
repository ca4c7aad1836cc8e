// What a reader chooses of the playground: it lives in the address, and the engine is asked with it.
import { state } from './state.js';

export const rates = [0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];
export const decays = [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];
export const activations = ['tanh', 'relu', 'sigmoid', 'linear'];
export const regularizations = ['none', 'l1', 'l2'];
export const featureNames = ['x', 'y', 'x^2', 'y^2', 'xy', 'sin x', 'sin y'];
const dataSets = ['circle', 'xor', 'gauss', 'spiral', 'regress-plane', 'regress-gauss'];
export const mostLayers = 6, mostNeurons = 8;

/** As TensorFlow Playground begins. What is as here is not in the address. */
const usual = { data: 'circle', noise: '0', share: '50', batch: '10', features: 'x,y', hidden: '4,2',
  activation: 'tanh', regularization: 'none', decay: '0', rate: '0.03', seed: '1', test: 'no', split: 'no' };

const among = (text, least, most) => {
  const number = Number(text);
  return text !== '' && Number.isFinite(number) ? Math.min(most, Math.max(least, number)) : null;
};

/** The choice as it stands; what the address says wrongly is as usual. */
export function playChoice() {
  const given = { ...usual, ...state.play };
  const of = (key, list) => list.includes(given[key]) ? given[key] : usual[key];
  const number = (key, least, most) => among(given[key], least, most) ?? Number(usual[key]);
  const features = featureNames.filter(name => given.features.split(',').includes(name));
  const hidden = given.hidden === 'none' ? [] : given.hidden.split(',').slice(0, mostLayers)
    .map(text => Math.round(among(text, 1, mostNeurons) ?? 4));
  return {
    data: of('data', dataSets), noise: Math.round(number('noise', 0, 50)), share: Math.round(number('share', 10, 90)),
    batch: Math.round(number('batch', 1, 30)), features: features.length ? features : ['x', 'y'], hidden,
    activation: of('activation', activations), regularization: of('regularization', regularizations),
    decay: number('decay', 0, 10), rate: number('rate', 0.00001, 10), seed: Math.round(number('seed', 0, 999999)),
    test: given.test === 'yes', split: given.split === 'yes',
  };
}

/** Changes some of it. */
export function choosePlay(changes) {
  const play = { ...state.play };
  for (const [key, value] of Object.entries(changes)) {
    const text = Array.isArray(value) ? value.join(',') || 'none' : value === true ? 'yes' : value === false ? 'no' : String(value);
    if (text === usual[key]) delete play[key]; else play[key] = text;
  }
  state.play = play;
}

/** The question that begins it. */
export function beginQuestion(choice) {
  return { ask: 'begin', room: 'playground', data: choice.data, noise: choice.noise / 100,
    training_share: choice.share / 100, batch: choice.batch, features: choice.features, hidden: choice.hidden,
    activation: choice.activation, regularization: choice.regularization, regularization_rate: choice.decay,
    learning_rate: choice.rate, seed: choice.seed };
}

/** What of the choice makes another run; a learning rate may be turned while it runs. */
export const runKey = choice => JSON.stringify({ ...beginQuestion(choice), learning_rate: 0 });

// What a reader has changed: parts that are off or scaled, numbers from another text, tokens put by hand, how the next
// token is drawn. Values are never altered, always replaced: the state is copied by its members.

const usualDraw = { temperature: 1, topK: 0, topP: 1, seed: 0 };

export const noChanges = {
  /** As the engine reads them: `L0H2`, `L1N14=0.5`, `L1:3=TEXT`. */
  off: [], scale: [], patch: [],
  /** Tokens put by hand: places and ids in turn. */
  put: [],
  /** The run is shown as it was before the changes. */
  before: false,
  sampling: usualDraw,
  /** Whether the panel of changes is open. */
  changing: false,
  /** Whether it is shown there which part matters. */
  grid: false,
};

export const isChanged = state => state.off.length + state.scale.length + state.patch.length > 0;
export const isSampling = state => Object.keys(usualDraw).some(key => state.sampling[key] !== usualDraw[key]);

/** What a question about the text says of them; what is as usualDraw is not said. */
export function changesAsked(state) {
  const asked = {};
  for (const key of ['off', 'scale', 'patch', 'put']) if (state[key].length) asked[key] = state[key];
  if (state.before && isChanged(state)) asked.before = true;
  return asked;
}

/** What a question about the next token says. */
export function samplingAsked({ sampling: { temperature, topK, topP, seed } }) {
  return { temperature, ...topK ? { topK } : {}, ...topP < 1 ? { topP } : {}, ...seed ? { seed } : {} };
}

// ---- one part's factor

export const factorOf = (state, part) => {
  if (state.off.includes(part)) return 0;
  const found = state.scale.find(text => text.startsWith(part + '='));
  return found ? Number(found.slice(part.length + 1)) : 1;
};

/** The state's lists with another factor of a part: 0 is off, 1 is as it was. */
export function withFactor(state, part, factor) {
  const off = state.off.filter(one => one !== part), scale = state.scale.filter(one => !one.startsWith(part + '='));
  if (factor === 0) off.push(part);
  else if (factor !== 1) scale.push(`${part}=${factor}`);
  return { off, scale };
}

// ---- the address

const listed = text => text ? text.split(',').filter(Boolean) : [];
const placesAndIds = put => put.flatMap((n, at) => at % 2 ? [] : [`${n}:${put[at + 1]}`]);

/** Short forms: `off=L0H2,L1M`, `scale=L1N14*0.5`, `put=7:33,8:102`, `draw=t0.8,k5,p0.9,s7`. */
export function writeChanges(state, write) {
  if (state.off.length) write('off', state.off.join(','));
  for (const text of state.scale) write('scale', text.replace('=', '*'));
  for (const text of state.patch) write('patch', text);
  if (state.put.length) write('put', placesAndIds(state.put).join(','));
  if (state.before) write('before', 'yes');
  if (isSampling(state)) {
    const { temperature, topK, topP, seed } = state.sampling;
    write('draw', [`t${temperature}`, ...topK ? [`k${topK}`] : [], ...topP < 1 ? [`p${topP}`] : [],
      ...seed ? [`s${seed}`] : []].join(','));
  }
  if (state.changing) write('panel', state.grid ? 'matters' : 'change');
}

export function readChanges(address) {
  const draw = {};
  for (const word of listed(address.get('draw'))) {
    const number = Number(word.slice(1));
    if (/^[tkps][\d.]+$/.test(word) && Number.isFinite(number)) draw[word[0]] = number;
  }
  const put = listed(address.get('put')).flatMap(pair => pair.split(':').map(Number));
  return {
    off: listed(address.get('off')),
    scale: address.getAll('scale').map(text => text.replace('*', '=')),
    patch: address.getAll('patch'),
    put: put.length % 2 === 0 && put.every(n => Number.isInteger(n) && n >= 0) ? put : [],
    before: address.get('before') === 'yes',
    sampling: { temperature: Math.min(draw.t ?? 1, 10), topK: Math.round(draw.k ?? 0),
      topP: draw.p > 0 && draw.p < 1 ? draw.p : 1, seed: Math.round(draw.s ?? 0) },
    changing: ['change', 'matters'].includes(address.get('panel')), grid: address.get('panel') === 'matters',
  };
}

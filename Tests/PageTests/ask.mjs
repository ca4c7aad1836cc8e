// Asks the page's program what a job lists, and gives its answers: `node ask.mjs PROGRAM JOB ANSWERS`, or inside a
// page that holds program, job and files in base64 (Twin.swift makes it), where there is no Node.
// A job is a list of {files: {name: path}, model, questions: […], steps: [of each question, names of steps]}.
const isNode = typeof process !== 'undefined';
const fs = isNode ? await import('node:fs') : null;
const [program, job, answers] = isNode ? process.argv.slice(2)
  : ['program', 'job', 'answers'].map(id => document.getElementById(id).textContent);
const unpacked = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
const read = place => isNode ? fs.readFileSync(place) : unpacked(place);

function packed(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

const encoder = new TextEncoder(), decoder = new TextDecoder();
const module = await WebAssembly.compile(read(program));

// The test's measurer, in the same words as Swift's.
function width(text, family) {
  let ems = 0;
  for (const letter of text) {
    const value = letter.codePointAt(0);
    ems += value >= 0x2E80 ? 1 : family === 1 ? 0.6 : 0.55;
  }
  return ems;
}

async function engine({ files, model }) {
  let exports;
  const memory = () => new Uint8Array(exports.memory.buffer);
  const imports = {
    page: {
      milliseconds: () => performance.now(),
      measure(start, count, family, size, weight, italic, to) {
        const w = width(decoder.decode(memory().slice(start, start + count)), family) * size;
        new Float64Array(exports.memory.buffer, to, 5).set([w, 0.72 * size, 0.02 * size, 0, w]);
      },
    },
    wasi_snapshot_preview1: new Proxy({}, { get: () => () => 0 }),
  };
  exports = (await WebAssembly.instantiate(module, imports)).exports;
  const put = bytes => { const start = exports.page_alloc(bytes.length); memory().set(bytes, start); return [start, bytes.length]; };
  const text = words => put(encoder.encode(words));
  const answer = () => {
    const start = exports.page_answer();
    return decoder.decode(memory().subarray(start, start + exports.page_answer_count()));
  };
  for (const [name, path] of Object.entries(files)) exports.page_file(...text(`${model}/${name}`), ...put(read(path)));
  if (exports.page_load(...text(model)) !== 0) throw new Error(answer());
  return {
    // What learns in the page is asked apart from its models: {play: question}.
    ask(question) {
      const [start, count] = text(JSON.stringify(question.play ?? question));
      exports[question.play ? 'page_play' : 'page_ask'](start, count);
      exports.page_free(start);
      return answer();
    },
    numbers(step) {
      const room = exports.page_alloc(32), start = exports.page_step(...text(step), room);
      if (!start) return '';
      const [rank, ...lengths] = new Int32Array(exports.memory.buffer, room, 8);
      const count = lengths.slice(0, rank).reduce((a, b) => a * b, 1);
      return packed(memory().subarray(start, start + 4 * count));
    },
  };
}

const found = [];
for (const one of JSON.parse(decoder.decode(read(job)))) {
  const { ask, numbers } = await engine(one);
  found.push(one.questions.map((question, place) => ({
    answer: ask(question), numbers: (one.steps[place] ?? []).map(numbers) })));
}
const text = JSON.stringify(found);
if (isNode) fs.writeFileSync(answers, text); else document.getElementById('answers').textContent = packed(encoder.encode(text));

// The program itself, in the page or in a worker: bytes in, bytes out. One function that needs nothing around it, for a
// worker is made of its text.

/**
 * An engine that does not run yet.
 *
 * @param families the lists of fonts for text, code and formulas
 * @param ruler a canvas's context, which measures with them
 */
export function engineCore(families, ruler) {
  const encoder = new TextEncoder(), decoder = new TextDecoder();
  let exports = null, source = null;

  const bytes = () => new Uint8Array(exports.memory.buffer);

  // Width, ink above, below, to the left and right of the origin.
  function measured(text, family, size, weight, italic) {
    ruler.font = `${italic ? 'italic ' : ''}${weight} ${size}px ${families[family]}`;
    const m = ruler.measureText(text);
    return [m.width, m.actualBoundingBoxAscent, m.actualBoundingBoxDescent, m.actualBoundingBoxLeft,
      m.actualBoundingBoxRight];
  }

  const imports = {
    page: {
      milliseconds: () => performance.now(),
      measure(start, count, family, size, weight, italic, to) {
        const text = decoder.decode(bytes().slice(start, start + count));
        new Float64Array(exports.memory.buffer, to, 5).set(measured(text, family, size, weight, italic));
      },
    },
    // The C library mentions files; the page has none.
    wasi_snapshot_preview1: new Proxy({}, { get: () => () => 0 }),
  };

  /** Five letters for four bytes, highest first: shorter than base64. The letters are the program's (Base85.swift). */
  function bytesOf(text) {
    const values = new Uint8Array(128);
    [...Array(94).keys()].map(i => String.fromCharCode(33 + i)).filter(c => !'"\\<>&\'`@$'.includes(c))
      .forEach((letter, value) => { values[letter.charCodeAt(0)] = value; });
    const bytes = new Uint8Array(Math.ceil(text.length / 5) * 4);
    let to = 0;
    for (let from = 0; from < text.length; from += 5) {
      let word = 0;
      for (let i = 0; i < 5; i++) word = word * 85 + (from + i < text.length ? values[text.charCodeAt(from + i)] : 84);
      for (let shift = 24; shift >= 0; shift -= 8) bytes[to++] = (word >>> 0) >> shift;
    }
    const rest = text.length % 5;
    return bytes.subarray(0, to - (rest ? 5 - rest : 0));
  }

  async function unpack(text) {
    const stream = new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream('deflate'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  /** Puts bytes into the program's memory, where they stay until they are freed. */
  function put(content) {
    const start = exports.page_alloc(content.length);
    bytes().set(content, start);
    return [start, content.length];
  }

  function putText(text) { return put(encoder.encode(text)); }

  /** The answer, as UTF-8: a copy. */
  function answer() {
    const start = exports.page_answer();
    return bytes().slice(start, start + exports.page_answer_count());
  }

  /** Whatever ends a call early leaves the memory as it was then: nothing of it can be trusted. */
  function guarded(work) {
    if (!exports) throw new Error('the engine is not running');
    try { return work(); } catch (error) {
      exports = null;
      throw error;
    }
  }

  /** Turns to a model, or a run that is over; the answer that says why not, or null. */
  function turn(name) {
    if (name === source) return null;
    const [start, count] = putText(name), hasFailed = exports.page_load(start, count) !== 0;
    exports.page_free(start);
    if (hasFailed) return answer();
    source = name;
    return null;
  }

  function numbersOf(step) {
    const [name, count] = putText(step), room = exports.page_alloc(32);
    const start = exports.page_step(name, count, room);
    const [rank, ...lengths] = new Int32Array(exports.memory.buffer, room, 8);
    exports.page_free(name);
    exports.page_free(room);
    if (!start) return null;
    const shape = lengths.slice(0, rank), all = shape.reduce((a, b) => a * b, 1);
    return { shape, numbers: new Float32Array(exports.memory.buffer, start, all).slice() };
  }

  /** The answer to a question of a source: UTF-8 bytes of JSON. */
  function ask(name, question) {
    const refusal = turn(name);
    if (refusal) return refusal;
    const [start, count] = putText(question);
    exports.page_ask(start, count);
    exports.page_free(start);
    return answer();
  }

  /** Steps' numbers and shapes, null where there is no such step. */
  const tensors = (name, steps) => turn(name) ? steps.map(() => null) : steps.map(numbersOf);

  return {
    unpack, measured,

    /** Starts with the packed program, or one that was made of it before, and packed files; the made program. */
    async start(packed, made, files) {
      const names = Object.keys(files);
      const unpacked = Promise.all(names.map(name => unpack(files[name])));
      const program = made ?? await WebAssembly.compile(await unpack(packed));
      exports = (await WebAssembly.instantiate(program, imports)).exports;
      source = null;
      (await unpacked).forEach((content, i) => exports.page_file(...putText(names[i]), ...put(content)));
      return program;
    },

    /** One more file, `FOLDER/NAME`. */
    add: (name, content) => guarded(() => exports.page_file(...putText(name), ...put(content))),

    ask: (name, question) => guarded(() => ask(name, question)),
    tensors: (name, steps) => guarded(() => tensors(name, steps)),

    /** The answer to a text, and in the same breath the numbers of its map's small pictures. */
    text: (name, question) => guarded(() => {
      const answer = ask(name, question), { parts } = JSON.parse(decoder.decode(answer));
      const steps = [...new Set((parts ?? []).flatMap(part => part.pictures.map(picture => picture.step)))];
      return { answer, steps, numbers: tensors(name, steps) };
    }),

    /** The answer of what learns in the page; it needs no source. */
    play: question => guarded(() => {
      const [start, count] = putText(question);
      exports.page_play(start, count);
      exports.page_free(start);
      return answer();
    }),

    /** The playground's numbers after so many more epochs, or the answer that says why not. */
    playFrame: (epochs, side, output) => guarded(() => {
      const start = exports.page_play_frame(epochs, side, output);
      return start ? new Float32Array(exports.memory.buffer, start, exports.page_play_frame_count()).slice() : answer();
    }),
  };
}

/** What a worker does: it answers one message after the other. Of its text, with `engineCore`, a worker is made. */
export function engineWorker(families) {
  const core = engineCore(families, new OffscreenCanvas(1, 1).getContext('2d'));
  self.onmessage = async ({ data: [what, given] }) => {
    try {
      const found = await core[what](...given);
      const ofNumbers = list => list.filter(Boolean).map(tensor => tensor.numbers.buffer);
      const moved = ['ask', 'unpack', 'play', 'playFrame'].includes(what) ? [found.buffer] : what === 'tensors' ? ofNumbers(found)
        : what === 'text' ? [found.answer.buffer, ...ofNumbers(found.numbers)] : [];
      self.postMessage([found], moved);
    } catch (error) { self.postMessage([null, String(error)]); }
  };
}

// Data as the program wrote it (PackedText.swift): JSON, or after a mark its bytes by zlib, five letters for four bytes.
function dataOf(text) {
  return JSON.parse(text[0] === "~" ? new TextDecoder().decode(inflated(bytesOf(text.slice(1)))) : text);
}

// Highest first; the letters are the program's (Base85.swift).
function bytesOf(text) {
  const values = new Uint8Array(128);
  let value = 0;
  for (let code = 33; code < 127; code += 1) {
    if (!"\"\\<>&'`@$".includes(String.fromCharCode(code))) values[code] = value++;
  }
  const bytes = new Uint8Array(Math.ceil(text.length / 5) * 4);
  let to = 0;
  for (let from = 0; from < text.length; from += 5) {
    let word = 0;
    for (let i = 0; i < 5; i += 1) word = word * 85 + (from + i < text.length ? values[text.charCodeAt(from + i)] : 84);
    for (let shift = 24; shift >= 0; shift -= 8) bytes[to++] = (word >>> 0) >> shift;
  }
  const rest = text.length % 5;
  return bytes.subarray(0, to - (rest ? 5 - rest : 0));
}

// RFC 1951, after zlib's two bytes: at once, where a browser's own way would answer later.
function inflated(source) {
  let [place, hold, held] = [2, 0, 0];
  const bits = (count) => {
    while (held < count) {
      hold |= source[place++] << held;
      held += 8;
    }
    const value = hold & ((1 << count) - 1);
    hold >>>= count;
    held -= count;
    return value;
  };
  // How many codes there are of each length, and what they stand for, in the order of the codes.
  const codes = (lengths) => {
    const counts = new Uint16Array(16);
    for (const length of lengths) counts[length] += 1;
    counts[0] = 0;
    const next = [0];
    for (let length = 1; length < 16; length += 1) next.push(next[length - 1] + counts[length - 1]);
    const symbols = [];
    lengths.forEach((length, symbol) => { if (length) symbols[next[length]++] = symbol; });
    return { counts, symbols };
  };
  const symbol = ({ counts, symbols }) => {
    let [code, first, index] = [0, 0, 0];
    for (let length = 1; length < 16; length += 1) {
      code |= bits(1);
      const count = counts[length];
      if (code - count < first) return symbols[index + code - first];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Error("damaged data");
  };
  const steps = (count, every, first) => {
    const list = [];
    for (let place = 0, at = first; place < count; place += 1) {
      const extra = Math.max(0, Math.floor(place / every) - 1);
      list.push([at, extra]);
      at += 1 << extra;
    }
    return list;
  };
  const lengths = steps(28, 4, 3);
  lengths.push([258, 0]);
  const distances = steps(30, 2, 1);
  let out = new Uint8Array(source.length * 8);
  let size = 0;
  const room = (count) => {
    if (size + count <= out.length) return;
    const larger = new Uint8Array((size + count) * 2);
    larger.set(out);
    out = larger;
  };
  const block = (literals, backs) => {
    for (;;) {
      const one = symbol(literals);
      if (one === 256) return;
      if (one < 256) {
        room(1);
        out[size++] = one;
        continue;
      }
      const [length, extra] = lengths[one - 257];
      const count = length + bits(extra);
      const [distance, more] = distances[symbol(backs)];
      const from = size - distance - bits(more);
      room(count);
      for (let i = 0; i < count; i += 1) out[size++] = out[from + i];
    }
  };
  const fixed = () => {
    const all = Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
    return [codes(all), codes(Array(30).fill(5))];
  };
  const own = () => {
    const [literals, backs, count] = [bits(5) + 257, bits(5) + 1, bits(4) + 4];
    const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    const short = Array(19).fill(0);
    for (let i = 0; i < count; i += 1) short[order[i]] = bits(3);
    const code = codes(short);
    const all = [];
    while (all.length < literals + backs) {
      const one = symbol(code);
      if (one < 16) {
        all.push(one);
        continue;
      }
      const [value, times] =
        one === 16 ? [all[all.length - 1], 3 + bits(2)] : [0, one === 17 ? 3 + bits(3) : 11 + bits(7)];
      for (let i = 0; i < times; i += 1) all.push(value);
    }
    return [codes(all.slice(0, literals)), codes(all.slice(literals))];
  };
  for (let isLast = false; !isLast;) {
    isLast = bits(1) === 1;
    const kind = bits(2);
    if (kind > 0) {
      block(...(kind === 1 ? fixed() : own()));
      continue;
    }
    // As it is, from the next whole byte.
    place -= held >> 3;
    [hold, held] = [0, 0];
    const count = source[place] | (source[place + 1] << 8);
    room(count);
    out.set(source.subarray(place + 4, place + 4 + count), size);
    place += 4 + count;
    size += count;
  }
  return out.subarray(0, size);
}

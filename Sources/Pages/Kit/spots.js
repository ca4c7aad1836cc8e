// The places of a figure's values: rows of them share what they have in common (see SpotRows).
// Each becomes [left, top, width, height, words, value, sum, step]; sides are thousandths of the picture's.
function unfoldSpots({ rows, frames }) {
  const shared = document.querySelector("script.sums");
  const sums = shared ? (shared.list ??= dataOf(shared.textContent)) : [];
  const sum = (one) => (typeof one === "number" ? sums[one] || "" : one);
  const places = rows.map(({ s, w, h, x, y, a, b, v, m }) =>
    y.flatMap((top, row) =>
      x.map((left, column) => {
        const at = row * x.length + column;
        return [left, top, w, h, a[row] + b[column], v[at], m ? sum(m[at]) : "", s];
      }),
    ),
  );
  return frames.map((own) => own.flatMap((place) => places[place]));
}

// The smallest place under the pointer: cells lie inside the matrix that holds them; -1 where there is none.
function spotUnder(event, picture, spots) {
  const box = picture.getBoundingClientRect();
  const x = ((event.clientX - box.left) / box.width) * 1000;
  const y = ((event.clientY - box.top) / box.height) * 1000;
  let best = -1;
  let area = Infinity;
  spots.forEach(([left, top, width, height], index) => {
    if (x < left || x > left + width || y < top || y > top + height || width * height >= area) return;
    best = index;
    area = width * height;
  });
  return best;
}

// Lays a mark over a place.
function layMark(mark, [left, top, width, height]) {
  Object.assign(mark.style, {
    left: `${left / 10}%`, top: `${top / 10}%`, width: `${width / 10}%`, height: `${height / 10}%`,
  });
}

// The nearest box in a direction, for arrow keys among a figure's cells; null where there is none.
// `boxes` are [left, top, width, height], `way` is [±1, 0] or [0, ±1]; `extra` makes some of them farther away.
export function nearestBox(boxes, from, [dx, dy], extra = () => 0) {
  const middle = ([left, top, width, height]) => [left + width / 2, top + height / 2];
  const [x, y] = middle(boxes[from]);
  let best = null;
  let least = Infinity;
  boxes.forEach((box, place) => {
    if (place === from) return;
    const [otherX, otherY] = middle(box);
    const along = (otherX - x) * dx + (otherY - y) * dy;
    const aside = Math.abs((otherX - x) * dy) + Math.abs((otherY - y) * dx);
    if (along < 1 || aside > along * 1.4 + 2) return;
    // Sideways counts threefold, so that rows and columns are kept.
    const distance = along + aside * 3 + extra(place);
    if (distance < least) [best, least] = [place, distance];
  });
  return best;
}

// What a small picture of the map is called, while it is pointed at or has the focus.
import { byId } from './dom.js';

export function connectMapNames() {
  const map = byId('map');
  const show = ({ target }) => {
    const thumb = target.closest?.('.thumb');
    if (!thumb || target === thumb && !thumb.matches(':hover, :focus-visible')) return;
    const tip = byId('tip'), { left, bottom } = thumb.getBoundingClientRect();
    tip.textContent = thumb.getAttribute('aria-label');
    tip.style.display = 'block';
    tip.style.left = `${Math.max(8, Math.min(innerWidth - tip.offsetWidth - 8, left))}px`;
    tip.style.top = `${bottom + 6}px`;
  };
  const hide = () => { byId('tip').style.display = 'none'; };
  map.addEventListener('pointerover', event => { if (event.pointerType === 'mouse') show(event); });
  map.addEventListener('focusin', show);
  map.addEventListener('pointerout', hide);
  map.addEventListener('focusout', hide);
}

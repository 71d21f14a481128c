const control = 'a[href], button, input, select, textarea, [tabindex]:not([tabindex="-1"])';

const reachable = (el: HTMLElement): boolean =>
  !el.hasAttribute('disabled') && el.getClientRects().length > 0 && el.tabIndex >= 0;

/** F6: the next area of the window that has something to focus. */
export function nextArea(step: 1 | -1): void {
  const areas = [...document.querySelectorAll<HTMLElement>('[data-area]')];
  const now = areas.findIndex((area) => area.contains(document.activeElement));
  for (let i = 1; i <= areas.length; i += 1) {
    const area = areas[(now + step * i + areas.length * 2) % areas.length];
    const first = [...(area?.querySelectorAll<HTMLElement>(control) ?? [])].find(reachable);
    if (first !== undefined) {
      first.focus();
      return;
    }
  }
}

/** When the focused element was taken away, the page gets the focus instead of nothing. */
export function keepFocus(): () => void {
  let had = false;
  const onfocusout = (): void => {
    had = true;
    requestAnimationFrame(() => {
      const lost = document.activeElement === null || document.activeElement === document.body;
      if (had && lost && document.hasFocus() && !document.querySelector('[role="dialog"]')) {
        document
          .querySelector<HTMLElement>('[data-area="content"]')
          ?.focus({ preventScroll: true });
      }
      had = false;
    });
  };
  document.addEventListener('focusout', onfocusout);
  return () => document.removeEventListener('focusout', onfocusout);
}

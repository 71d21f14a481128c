// The page in words, for the message of a failed test.
const lines = [location.href, document.title];
const wanted = 'h1, h2, h3, button, a[href], input, select, textarea, [role], [aria-live], p, li, dd, td';
for (const element of document.querySelectorAll(wanted)) {
  if (!element.checkVisibility() || lines.length > 250) continue;
  const words = (element.getAttribute('aria-label') || element.innerText || element.placeholder || '').replace(/\s+/g, ' ');
  const role = element.getAttribute('role') ?? element.localName;
  const value = element.matches('input, select, textarea') ? ` = ${element.type === 'checkbox' ? element.checked : element.value}` : '';
  const labels = [...(element.labels ?? [])].map((label) => label.innerText.replace(/\s+/g, ' ')).join(' ');
  const focus = element === document.activeElement ? '  <- focus' : '';
  lines.push(`${role}: ${labels} ${words}${value}${focus}`.slice(0, 160));
}
return lines.join('\n');

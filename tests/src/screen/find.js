// What a person with a screen reader would find: visible elements by role and accessible name.
// arguments: role, name, how ("is", "has" or "starts"), everywhere (also outside an open dialog)
// A name can be a path: "Decision maker > Name" is the Name in the region, group or row that starts so.
const [role, name, how, everywhere] = arguments;

const selectors = {
  alert: '[role=alert]',
  button: 'button, summary, input[type=submit], input[type=button], [role=button]',
  checkbox: 'input[type=checkbox], [role=checkbox]',
  combobox: 'select, [role=combobox]',
  dialog: 'dialog, [role=dialog], [role=alertdialog]',
  file: 'input[type=file]',
  grid: '[role=grid]',
  group: 'fieldset, [role=group]',
  heading: 'h1, h2, h3, h4, h5, h6, [role=heading]',
  link: 'a[href], [role=link]',
  list: 'ul, ol, [role=list]',
  listitem: 'li, [role=listitem]',
  menuitem: '[role=menuitem], [role=menuitemradio], [role=menuitemcheckbox]',
  option: 'option, [role=option]',
  radio: 'input[type=radio], [role=radio]',
  region: 'section[aria-label], section[aria-labelledby], [role=region]',
  row: 'tr, [role=row]',
  status: '[role=status], [aria-live=polite]',
  tab: '[role=tab]',
  textbox:
    'input:not([type]), input[type=text], input[type=email], input[type=tel], input[type=number], input[type=search], textarea, [role=textbox], [role=searchbox]',
};

const tidy = (text) => (text ?? '').replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ').trim();

function text(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE) return '';
  if (node.getAttribute('aria-hidden') === 'true' || node.hidden) return '';
  if (node.getAttribute('aria-label')) return ` ${node.getAttribute('aria-label')} `;
  const inside = [...node.childNodes].map(text).join('');
  return getComputedStyle(node).display.startsWith('inline') ? inside : ` ${inside} `;
}

function nameOf(element) {
  const ids = element.getAttribute('aria-labelledby');
  if (ids) return tidy(ids.split(/\s+/).map((id) => document.getElementById(id)).filter(Boolean).map(text).join(' '));
  if (element.getAttribute('aria-label')) return tidy(element.getAttribute('aria-label'));
  if (element.labels?.length) return tidy([...element.labels].map(text).join(' '));
  if (element.matches('input, select, textarea')) return tidy(element.placeholder || element.title || element.value);
  if (element.matches('fieldset')) return tidy(element.querySelector('legend')?.textContent);
  return tidy(text(element)) || tidy(element.title);
}

function reachable(element) {
  if (element.closest('[aria-hidden=true], [inert], [hidden]')) return false;
  // A file input is often drawn as something else; everything else has to be seen.
  return element.matches('input[type=file], option') || element.checkVisibility({ visibilityProperty: true });
}

const dialogs = [...document.querySelectorAll('[role=dialog], [role=alertdialog], dialog[open]')].filter(reachable);
const top = dialogs.at(-1);
// Lists of choices open outside of the dialog that they belong to.
let roots = top && !everywhere && role !== 'dialog' && !['option', 'menuitem'].includes(role) ? [top] : [document];
const path = name.split(' > ');
const own = path.pop();
const fits = {
  is: (found) => found === own,
  has: (found) => found.includes(own),
  starts: (found) => found.startsWith(own),
}[how];
const containers = ['region', 'group', 'dialog', 'listitem', 'row', 'list'].map((kind) => selectors[kind]).join(', ');
for (const part of path) {
  roots = roots
    .flatMap((root) => [...root.querySelectorAll(containers)])
    .filter((element) => reachable(element) && nameOf(element).startsWith(part));
  // The innermost ones: a region inside a region that starts with the same words.
  roots = roots.filter((root) => !roots.some((other) => other !== root && root.contains(other)));
}

return roots
  .flatMap((root) => [...root.querySelectorAll(selectors[role])])
  .filter((element) => reachable(element) && fits(nameOf(element)));

// Writes src/lib/i18n/ids.gen.ts: the type of all message ids. `--check` only compares.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const dir = new URL('../locales/en/', import.meta.url);
const out = new URL('../src/lib/i18n/ids.gen.ts', import.meta.url);
const ids = readdirSync(dir)
  .filter((name) => name.endsWith('.ftl'))
  .flatMap((name) => [
    ...readFileSync(new URL(name, dir), 'utf8').matchAll(/^([a-z][a-z0-9-]*) *=/gm),
  ])
  .map((match) => match[1])
  .sort();
const twice = ids.filter((id, i) => ids[i - 1] === id);
if (twice.length > 0 && process.argv.includes('--check')) {
  console.error(`Defined twice: ${twice.join(', ')}`);
  process.exit(1);
}
const text = `// Written by scripts/ids.mjs from locales/en/*.ftl; never edited.\nexport type MessageId =\n${[...new Set(ids)].map((id) => `  | '${id}'`).join('\n')};\n`;
const old = (() => {
  try {
    return readFileSync(out, 'utf8');
  } catch {
    return '';
  }
})();
if (process.argv.includes('--check') && old !== text) {
  console.error('ids.gen.ts is not fresh: run `npm run ids`');
  process.exit(1);
}
if (old !== text) writeFileSync(out, text);

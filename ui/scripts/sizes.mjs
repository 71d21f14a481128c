// Files stay under 250 lines, components under 150. `--built`: what was built stays small, too.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const files = (dir) =>
  readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });

function tooLong() {
  return files('src')
    .filter(
      (path) =>
        /\.(svelte|ts|css)$/.test(path) && !path.includes('.gen.') && !path.includes('/gen/'),
    )
    .map((path) => ({ path, lines: readFileSync(path, 'utf8').trimEnd().split('\n').length }))
    .filter(({ path, lines }) => lines > (path.endsWith('.svelte') ? 150 : 250))
    .map(({ path, lines }) => `${path}: ${lines} lines`);
}

/** Scripts, in kB of gzip: what the page names itself is there before anything shows. */
function tooHeavy() {
  const page = readFileSync('dist/index.html', 'utf8');
  const scripts = files('dist')
    .filter((path) => path.endsWith('.js'))
    .map((path) => ({
      first: page.includes(path.slice('dist/'.length)),
      size: gzipSync(readFileSync(path), { level: 9 }).length / 1000,
    }));
  const sum = (those) => those.reduce((all, { size }) => all + size, 0);
  const start = sum(scripts.filter(({ first }) => first));
  const budgets = [
    { what: 'scripts at start', is: start, most: 90 },
    { what: 'all scripts', is: sum(scripts), most: 250 },
  ];
  for (const { what, is, most } of budgets) console.log(`${what}: ${is.toFixed(1)} of ${most} kB`);
  if (start === 0) return ['dist/index.html names no script'];
  return budgets
    .filter(({ is, most }) => is > most)
    .map(({ what, is, most }) => `${what}: ${is.toFixed(1)} kB, at most ${most}`);
}

const wrong = process.argv.includes('--built') ? tooHeavy() : tooLong();
for (const line of wrong) console.error(line);
process.exit(wrong.length === 0 ? 0 : 1);

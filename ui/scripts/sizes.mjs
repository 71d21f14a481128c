// Files stay under 250 lines, components under 150.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const files = (dir) =>
  readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });

const long = files('src')
  .filter(
    (path) => /\.(svelte|ts|css)$/.test(path) && !path.includes('.gen.') && !path.includes('/gen/'),
  )
  .map((path) => ({ path, lines: readFileSync(path, 'utf8').trimEnd().split('\n').length }))
  .filter(({ path, lines }) => lines > (path.endsWith('.svelte') ? 150 : 250));

for (const { path, lines } of long) console.error(`${path}: ${lines} lines`);
process.exit(long.length === 0 ? 0 : 1);

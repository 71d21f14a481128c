import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { has } from './i18n.svelte';

const sources = (dir: string): string[] =>
  readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) return sources(path);
    return /\.(svelte|ts)$/.test(name) && !/\.(test|browser|gen)\./.test(name) ? [path] : [];
  });

const texts = sources('src').map((path) => ({ path, text: readFileSync(path, 'utf8') }));

it('every text that is asked for exists', () => {
  const missing = texts.flatMap(({ path, text }) =>
    [...text.matchAll(/\bt\(\s*'([^']+)'/g)]
      .map((match) => match[1] ?? '')
      .filter((id) => !has(id))
      .map((id) => `${path}: ${id}`),
  );
  expect(missing).toEqual([]);
});

it('components hold no text of their own', () => {
  const found = texts
    .filter(({ path }) => path.endsWith('.svelte'))
    .flatMap(({ path, text }) => {
      const markup = text
        .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
        .replace(/<!--[\s\S]*?-->/g, '')
        .replace(/\{[^{}]*(\{[^{}]*(\{[^{}]*\}[^{}]*)*\}[^{}]*)*\}/g, '')
        .replace(/=>/g, '');
      const between = [...markup.matchAll(/>([^<>{}]*[A-Za-z]{3,}[^<>{}]*)</g)].map((match) =>
        match[1]?.trim(),
      );
      return between.map((words) => `${path}: ${words}`);
    });
  expect(found).toEqual([]);
});

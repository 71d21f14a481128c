import { parse, Visitor, type VariableReference } from '@fluent/syntax';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseSource } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';

/** What a sentence has places for. */
const places = new Map<string, string[]>();
for (const name of readdirSync('locales/en')) {
  for (const entry of parse(readFileSync(`locales/en/${name}`, 'utf8'), {}).body) {
    if (entry.type !== 'Message') continue;
    const found = new Set<string>();
    class Places extends Visitor {
      override visitVariableReference(node: VariableReference): void {
        found.add(node.id.name);
      }
    }
    new Places().visit(entry);
    places.set(entry.id.name, [...found]);
  }
}

interface Node {
  type?: string;
  [key: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

function* nodes(of: unknown): Generator<Node> {
  if (!isNode(of)) return;
  if (of.type !== undefined) yield of;
  for (const value of Object.values(of)) yield* nodes(value);
}

const nameOf = (node: unknown): string => (isNode(node) ? String(node['name'] ?? '') : '');

/** The keys of an object that is written out, or of the constant that is meant; null if it cannot be told. */
function keysOf(node: unknown, all: Node[]): string[] | null {
  if (!isNode(node)) return [];
  if (node.type === 'Identifier') {
    const made = all.find(
      ({ type, id }) => type === 'VariableDeclarator' && nameOf(id) === nameOf(node),
    );
    return made === undefined || !isNode(made['init']) ? null : keysOf(made['init'], all);
  }
  if (node.type !== 'ObjectExpression') return null;
  const keys = (node['properties'] as Node[]).map((property) =>
    property.type === 'Property' ? nameOf(property['key']) : null,
  );
  return keys.includes(null) ? null : keys.map(String);
}

const sources = (dir: string): string[] =>
  readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) return sources(path);
    return /\.(svelte|ts)$/.test(name) && !/\.(test|browser|gen|d)\./.test(name) ? [path] : [];
  });

interface Asked {
  path: string;
  ids: string[];
  given: string[] | null;
}

const asked: Asked[] = sources('src')
  .filter((path) => !path.includes('/gen/'))
  .flatMap((path) => {
    const text = readFileSync(path, 'utf8');
    const whole = path.endsWith('.svelte') ? text : `<script lang="ts">${text}</script>`;
    const all = [...nodes(parseSource(whole, { modern: true }))];
    return all
      .filter(({ type, callee }) => type === 'CallExpression' && nameOf(callee) === 't')
      .map((one) => {
        const [id, args] = one['arguments'] as Node[];
        const ids = [...nodes(id)]
          .map(({ value }) => value)
          .filter((value) => places.has(`${value}`));
        return { path, ids: ids.map(String), given: keysOf(args, all) };
      });
  });

/** The fields that come with each refusal, from the generated types. */
const refusals = new Map(
  [
    ...readFileSync('src/lib/api/gen/Refusal.ts', 'utf8').matchAll(/"code": "([a-z_]+)"([^|]*)/g),
  ].map(([, code = '', rest = '']) => [
    code,
    [...rest.matchAll(/\b([a-z_]+): /g)].map(([, field = '']) => field),
  ]),
);

/** The fields of what is an error and not a refusal. */
const errors: Record<string, string[]> = {
  unknown_command: ['name'],
  arguments_unreadable: ['command', 'argument', 'expected'],
  usage: ['reason'],
  not_found: ['what', 'id'],
  invalid: ['field', 'reason'],
  columns_missing: ['missing', 'found'],
  mapping_invalid: ['found', 'why'],
  newer_version: ['needs'],
  file_unreadable: ['path'],
  store_damaged: ['path'],
  nothing_to_recover: ['path'],
  store_in_use: ['path'],
  store_not_a_folder: ['path'],
  store_unreadable: ['path'],
  disk_failed: ['reason'],
};

describe('every place in a sentence is filled', () => {
  it('where the sentence is asked for', () => {
    const wrong = asked.flatMap(({ path, ids, given }) =>
      ids.flatMap((id) =>
        (places.get(id) ?? [])
          .filter((place) => given !== null && !given.includes(place))
          .map((place) => `${path}: ${id} needs ${place}`),
      ),
    );
    expect(asked.length).toBeGreaterThan(300);
    expect(wrong).toEqual([]);
  });

  it('and what is given can nearly always be told', () => {
    const unclear = asked.filter(({ given }) => given === null).map(({ path }) => path);
    expect(unclear).toEqual([]);
  });

  it('in what is said about a refusal or an error', () => {
    const known = new Map([...refusals, ...Object.entries(errors)]);
    const wrong = [...places].flatMap(([id, wants]) => {
      if (!id.startsWith('error-') || id === 'error-unknown') return [];
      const code = [...known.keys()]
        .filter((one) => `${id}-`.startsWith(`error-${one.replaceAll('_', '-')}-`))
        .sort((a, b) => b.length - a.length)[0];
      const given = [...(known.get(code ?? '') ?? []), 'open_count'];
      return wants.filter((place) => !given.includes(place)).map((place) => `${id}: ${place}`);
    });
    expect(refusals.get('gate_closed')).toContain('open_items');
    expect(wrong).toEqual([]);
  });
});

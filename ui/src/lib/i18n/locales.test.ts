import { parse, type Expression, type Pattern, type PatternElement } from '@fluent/syntax';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorSentence } from './errors';
import { has, t, tKey } from './i18n.svelte';
import { plain, pseudo } from './pseudo';

const dir = 'locales/en';
const files = readdirSync(dir).filter((name) => name.endsWith('.ftl'));
const resources = files.map((name) => ({
  name,
  body: parse(readFileSync(`${dir}/${name}`, 'utf8'), {}).body,
}));

function selects(pattern: Pattern | null): Expression[] {
  const inner = (element: PatternElement): Expression[] => {
    if (element.type !== 'Placeable') return [];
    const { expression } = element;
    if (expression.type === 'Placeable') return inner(expression);
    if (expression.type !== 'SelectExpression') return [];
    return [expression, ...expression.variants.flatMap((variant) => selects(variant.value))];
  };
  return pattern?.elements.flatMap(inner) ?? [];
}

const codes = [
  'gate_closed',
  'who_are_you',
  'not_your_role',
  'already_there',
  'not_next_stage',
  'handover_incomplete',
  'handover_not_submitted',
  'handover_already_submitted',
  'handover_already_accepted',
  'not_the_receiver',
  'not_verified',
  'verify_own',
  'comments_missing',
  'reason_missing',
  'receiver_cannot_receive',
  'nothing_to_undo',
  'cannot_undo',
  'item_not_ticked_by_hand',
  'value_invalid',
  'name_missing',
  'no_override_needed',
  'store_not_empty',
  'engagement_deleted',
  'unknown_command',
  'arguments_unreadable',
  'usage',
  'not_found',
  'invalid',
  'date_order_ambiguous',
  'file_unreadable',
  'file_too_large',
  'not_a_table',
  'columns_missing',
  'mapping_invalid',
  'torn',
  'altered',
  'not_ours',
  'newer_version',
  'too_large',
  'malformed',
  'fork',
  'not_a_bundle',
  'store_newer',
  'store_busy',
  'store_damaged',
  'nothing_to_recover',
  'store_in_use',
  'store_not_a_folder',
  'store_unreadable',
  'internal',
  'disk_full',
  'disk_failed',
  'store_read_only',
  'cancelled',
  'unreachable',
];

/** The refusals of the core, from the generated types. */
const refusals = [
  ...readFileSync('src/lib/api/gen/Refusal.ts', 'utf8').matchAll(/"code": "([a-z_]+)"/g),
].map((found) => found[1] ?? '');

describe('texts', () => {
  it('knows every refusal of the core', () => {
    expect(refusals.length).toBeGreaterThan(20);
    expect(refusals.filter((code) => !has(`error-${code.replaceAll('_', '-')}`))).toEqual([]);
  });

  it.each(resources)('$name can be read by Fluent', ({ body }) => {
    expect(body.filter((entry) => entry.type === 'Junk').map((entry) => entry.content)).toEqual([]);
  });

  it('every choice by number has the forms that English needs', () => {
    const short = resources.flatMap(({ body }) =>
      body.flatMap((entry) =>
        entry.type === 'Message'
          ? selects(entry.value)
              .map((select) =>
                select.type === 'SelectExpression'
                  ? select.variants.map(({ key }) =>
                      key.type === 'Identifier' ? key.name : key.value,
                    )
                  : [],
              )
              .filter((keys) => keys.includes('one') && !keys.includes('other'))
              .map(() => entry.id.name)
          : [],
      ),
    );
    expect(short).toEqual([]);
  });

  it('every id is defined once', () => {
    const ids = resources.flatMap(({ body }) =>
      body.flatMap((entry) => (entry.type === 'Message' ? [entry.id.name] : [])),
    );
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  it.each(codes)('%s has a sentence that ends', (code) => {
    expect(has(`error-${code.replaceAll('_', '-')}`)).toBe(true);
    expect(errorSentence({ code, fields: {} })).toMatch(/[.?!]$/);
  });

  it('an unknown code still says something', () => {
    expect(plain(errorSentence({ code: 'never_seen', fields: {} }))).toContain('never_seen');
  });

  it('ids of the core read as words', () => {
    const sentence = errorSentence({
      code: 'handover_incomplete',
      fields: { missing_points: ['decision_maker', 'scope'] },
    });
    expect(plain(sentence)).toContain('Decision maker and Scope');
    expect(plain(errorSentence({ code: 'not_verified', fields: { why: 'lapsed' } }))).toContain(
      'again',
    );
    expect(tKey('item', 'brief_verified')).toBe('Brief verified by a second person');
    expect(tKey('item', 'something_new', 'As it came')).toBe('As it came');
  });

  it('counts in words', () => {
    expect(plain(t('card-items-left', { count: 1 }))).toBe('1 item left');
    expect(plain(t('card-items-left', { count: 3 }))).toBe('3 items left');
  });

  it('the test language is longer and keeps what is put in', () => {
    expect(pseudo('Engagements').length).toBeGreaterThan('Engagements'.length * 1.2);
  });
});

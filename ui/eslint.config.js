import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const tauri = { group: ['@tauri-apps/*'], message: 'Only lib/api talks to the shell.' };
const bits = { group: ['bits-ui', 'bits-ui/*'], message: 'Only lib/kit wraps bits-ui.' };
const insides = {
  group: ['$lib/kit/*', '$lib/api/*', '$lib/i18n/*'],
  message: 'Import from $lib/kit, $lib/api or $lib/i18n.',
};
const features = {
  group: ['**/features/*', '**/features/**', '../../*', '../[a-z]*/**'],
  message: 'A feature never imports another feature.',
};
const limit = (...patterns) => ['error', { patterns }];

export default ts.config(
  { ignores: ['dist', 'node_modules', 'src/lib/api/gen', 'src/lib/i18n/ids.gen.ts'] },
  ...ts.configs.strict,
  ...svelte.configs['flat/recommended'],
  ...svelte.configs['flat/prettier'],
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': true, 'ts-ignore': true },
      ],
      'no-restricted-imports': limit(tauri, bits),
      'svelte/prefer-svelte-reactivity': 'off',
      'svelte/no-at-html-tags': 'error',
    },
    linterOptions: { noInlineConfig: true },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig },
    },
  },
  { files: ['src/lib/api/**'], rules: { 'no-restricted-imports': limit(bits) } },
  { files: ['src/lib/kit/**'], rules: { 'no-restricted-imports': limit(tauri) } },
  {
    files: ['src/features/**'],
    rules: { 'no-restricted-imports': limit(tauri, bits, insides, features) },
  },
  {
    files: ['**/*.test.ts', '**/*.browser.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);

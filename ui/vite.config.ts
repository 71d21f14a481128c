import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** WebKit runs a module script before a stylesheet that comes after it: the links go first. */
const cssFirst = (): Plugin => ({
  name: 'css-first',
  enforce: 'post',
  transformIndexHtml: {
    order: 'post',
    handler(html) {
      const links = html.match(/\s*<link rel="stylesheet"[^>]*>/g) ?? [];
      const rest = links.reduce((text, link) => text.replace(link, ''), html);
      return rest.replace(/(\s*)<script/, `${links.join('')}$1<script`);
    },
  },
});

/** Every icon that is used, so that a new one is prepared before the tests and not in the middle of them. */
const icons = (): string[] => {
  const files = readdirSync(here('./src'), { recursive: true, encoding: 'utf8' });
  const found = files
    .filter((name) => name.endsWith('.svelte') || name.endsWith('.ts'))
    .flatMap((name) =>
      [
        ...readFileSync(here(`./src/${name}`), 'utf8').matchAll(
          /@lucide\/svelte\/icons\/[a-z0-9-]+/g,
        ),
      ].map(String),
    );
  return [...new Set(found)].sort();
};

export default defineConfig({
  base: './',
  plugins: [svelte(), cssFirst()],
  resolve: {
    alias: { $lib: here('./src/lib'), $app: here('./src/app'), $test: here('./src/test') },
  },
  optimizeDeps: { include: icons() },
  build: { target: 'es2022', assetsInlineLimit: 0, reportCompressedSize: true },
  server: { port: 5173, strictPort: true },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', environment: 'node', include: ['src/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['src/**/*.browser.ts'],
          setupFiles: ['./src/test/setup.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            viewport: { width: 1280, height: 800 },
            provider: playwright({
              launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});

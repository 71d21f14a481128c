import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/vazirmatn/wght.css';
import '$lib/styles/index.css';
import { mount } from 'svelte';
import { i18n, theme } from '$lib/i18n';
import App from './App.svelte';

/** A script can run before its stylesheet is there; a list without its styles would mount every row. */
function cssReady(): Promise<unknown> {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
  return Promise.all(
    links
      .filter((link) => link.sheet === null)
      .map(
        (link) =>
          new Promise<void>((done) => {
            link.addEventListener('load', () => done());
            link.addEventListener('error', () => done());
          }),
      ),
  );
}

await cssReady();
i18n.apply();
theme.start();
const target = document.getElementById('app');
if (target) mount(App, { target });

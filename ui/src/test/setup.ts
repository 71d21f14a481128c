import './layers.css';
import '@fontsource-variable/inter/wght.css';
import '$lib/styles/index.css';
import { afterEach } from 'vitest';
import { dropCache } from '$lib/api';
import { i18n, theme } from '$lib/i18n';

i18n.apply();
theme.start();

afterEach(() => {
  dropCache();
  if (i18n.locale !== 'en') i18n.setLocale('en');
  if (theme.value !== 'light') theme.set('light');
});

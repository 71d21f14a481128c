import { redo, undo } from '$lib/acts';
import { canQuit, canZoom, quit } from '$lib/api';
import { i18n, t, theme } from '$lib/i18n';
import type { Command } from './commands';
import { router } from './router';
import { zoom } from './zoom';

interface Opens {
  palette: () => void;
  shortcuts: () => void;
  create: () => void;
}

/** What can be done from anywhere. */
export function shellCommands(opens: Opens, ready: () => boolean): Command[] {
  const go = t('group-go');
  const group = t('group-everywhere');
  return [
    {
      id: 'go-today',
      label: t('nav-today'),
      words: 'start inbox due tasks waiting',
      keys: 'G T',
      group: go,
      run: () => router.go({ name: 'today' }),
    },
    {
      id: 'go-moods',
      label: t('command-moods'),
      words: 'mood checks pass feel satisfaction',
      keys: 'G M',
      group: go,
      when: ready,
      run: () => router.go({ name: 'moods' }),
    },
    {
      id: 'go-board',
      label: t('nav-board'),
      words: 'pipeline kanban',
      keys: 'G B',
      group: go,
      run: () => router.go({ name: 'board' }),
    },
    {
      id: 'go-list',
      label: t('nav-list'),
      words: 'list table deals projects',
      keys: 'G E',
      group: go,
      run: () => router.go({ name: 'list' }),
    },
    {
      id: 'go-accounts',
      label: t('nav-accounts'),
      words: 'accounts companies contacts customers',
      keys: 'G C',
      group: go,
      run: () => router.go({ name: 'accounts' }),
    },
    {
      id: 'go-people',
      label: t('nav-people'),
      words: 'colleagues team roles',
      keys: 'G P',
      group: go,
      run: () => router.go({ name: 'people' }),
    },
    {
      id: 'go-products',
      label: t('nav-products'),
      words: 'catalogue templates services',
      keys: 'G D',
      group: go,
      run: () => router.go({ name: 'products' }),
    },
    {
      id: 'go-exchange',
      label: t('nav-exchange'),
      words: 'bundle export sync',
      keys: 'G X',
      group: go,
      run: () => router.go({ name: 'exchange' }),
    },
    {
      id: 'go-settings',
      label: t('nav-settings'),
      words: 'reminders quiet hours weekend holidays absence vacation',
      keys: 'G S',
      group: go,
      run: () => router.go({ name: 'settings' }),
    },
    {
      id: 'go-import',
      label: t('command-import'),
      words: 'csv deals crm',
      keys: 'G I',
      group: go,
      run: () => router.go({ name: 'import' }),
    },
    {
      id: 'new-engagement',
      label: t('command-new-engagement'),
      words: 'add create deal',
      keys: 'C',
      group,
      when: ready,
      run: opens.create,
    },
    { id: 'undo', label: t('command-undo'), keys: 'Ctrl Z', group, when: ready, run: () => undo() },
    {
      id: 'redo',
      label: t('command-redo'),
      keys: 'Ctrl Shift Z',
      group,
      when: ready,
      run: () => redo(),
    },
    { id: 'back', label: t('command-back'), group, when: () => router.depth > 0, run: router.back },
    { id: 'palette', label: t('command-palette'), keys: 'Ctrl K', group, run: opens.palette },
    {
      id: 'shortcuts',
      label: t('command-shortcuts'),
      words: 'help keys',
      keys: '?',
      group,
      run: opens.shortcuts,
    },
    {
      id: 'theme',
      label: t('command-theme'),
      words: 'dark light colours',
      group,
      run: () => theme.set(theme.shown === 'dark' ? 'light' : 'dark'),
    },
    {
      id: 'zoom-in',
      label: t('command-zoom-in'),
      words: 'zoom bigger text size',
      keys: 'Ctrl +',
      group,
      when: canZoom,
      run: zoom.in,
    },
    {
      id: 'zoom-out',
      label: t('command-zoom-out'),
      words: 'zoom text size',
      keys: 'Ctrl -',
      group,
      when: canZoom,
      run: zoom.out,
    },
    {
      id: 'zoom-reset',
      label: t('command-zoom-reset'),
      words: 'zoom text normal',
      keys: 'Ctrl 0',
      group,
      when: canZoom,
      run: zoom.reset,
    },
    {
      id: 'quit',
      label: t('command-quit'),
      words: 'exit close end',
      keys: 'Ctrl Q',
      group,
      when: canQuit,
      run: quit,
    },
    {
      id: 'language',
      label: t('command-language'),
      words: 'locale translation',
      group,
      run: () => i18n.setLocale(i18n.locale === 'en' ? 'qps-plocm' : 'en'),
    },
  ];
}

import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import type { MessageId } from './ids.gen';
import { pseudo } from './pseudo';

export type Args = Record<string, string | number>;
export type LocaleCode = 'en' | 'qps-plocm';

const files = import.meta.glob<string>('../../../locales/*/*.ftl', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const isRtl = (code: string): boolean => code === 'qps-plocm' || /^(fa|ar|he|ur)\b/.test(code);

function build(code: LocaleCode): FluentBundle {
  const made = code === 'qps-plocm';
  const bundle = new FluentBundle(intlLocale(code), made ? { transform: pseudo } : {});
  const folder = `/locales/${made ? 'en' : code}/`;
  for (const [path, text] of Object.entries(files)) {
    if (path.includes(folder)) bundle.addResource(new FluentResource(text));
  }
  return bundle;
}

/** The locale for dates and numbers: the person's own flavour of English, where they have one. */
function intlLocale(code: LocaleCode): string {
  const own = typeof navigator === 'undefined' ? [] : (navigator.languages ?? []);
  return own.find((tag) => tag.startsWith(`${code}-`)) ?? (code === 'qps-plocm' ? 'en' : code);
}

const read = (key: string): string | null =>
  typeof localStorage === 'undefined' ? null : localStorage.getItem(key);

class I18n {
  locale = $state<LocaleCode>(read('baton-locale') === 'qps-plocm' ? 'qps-plocm' : 'en');
  readonly dir = $derived<'ltr' | 'rtl'>(isRtl(this.locale) ? 'rtl' : 'ltr');
  readonly intl = $derived(intlLocale(this.locale));
  readonly bundle = $derived(build(this.locale));

  readonly locales: readonly LocaleCode[] = ['en', 'qps-plocm'];

  setLocale = (locale: LocaleCode): void => {
    this.locale = locale;
    localStorage.setItem('baton-locale', locale);
    this.apply();
  };

  /** Puts language and direction on the page. */
  apply(): void {
    document.documentElement.lang = this.intl;
    document.documentElement.dir = this.dir;
  }
}

export const i18n = new I18n();

const fallback = build('en');

function pattern(
  id: string,
): [FluentBundle, NonNullable<ReturnType<FluentBundle['getMessage']>>['value']] {
  const own = i18n.bundle.getMessage(id)?.value;
  return own ? [i18n.bundle, own] : [fallback, fallback.getMessage(id)?.value ?? null];
}

export function has(id: string): id is MessageId {
  return fallback.hasMessage(id) || i18n.bundle.hasMessage(id);
}

/** The text of a message; English where the chosen language lacks it. */
export function t(id: MessageId, args?: Args): string {
  const [bundle, value] = pattern(id);
  if (value === null) return id;
  return bundle.formatPattern(value, args as Record<string, FluentVariable> | undefined, []);
}

/** The text for an id of the core: `tKey('item', 'brief_received')`. Unknown ones read as they come. */
export function tKey(prefix: string, id: string, otherwise: string = id): string {
  const key = `${prefix}-${id.replaceAll('_', '-')}`;
  return has(key) ? t(key) : otherwise;
}

import axe from 'axe-core';
import { i18n, theme } from '$lib/i18n';

const looks = [
  ['en', 'light'],
  ['en', 'dark'],
  ['qps-plocm', 'light'],
] as const;

/** What axe finds wrong in the page, in light, in dark and from right to left. */
export async function faults(): Promise<string[]> {
  const found: string[] = [];
  for (const [locale, look] of looks) {
    i18n.setLocale(locale);
    theme.set(look);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const { violations } = await axe.run(document.body, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      rules: {
        region: { enabled: false },
        'page-has-heading-one': { enabled: false },
        'label-content-name-mismatch': { enabled: true },
      },
    });
    for (const { id, nodes } of violations) {
      found.push(`${locale} ${look} ${id}: ${nodes.map((node) => node.html).join(' ')}`);
    }
  }
  i18n.setLocale('en');
  return found;
}

export { parseDate, todayIso } from './dates';
export { errorSentence } from './errors';
export { currencyDigits, fmt } from './format';
export { has, i18n, t, tKey, type Args, type LocaleCode } from './i18n.svelte';
export type { MessageId } from './ids.gen';
export { plain } from './pseudo';
export { theme, type Theme } from './theme.svelte';

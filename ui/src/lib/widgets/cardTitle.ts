import type { CardView } from '$lib/api';

/** What an engagement is called where its client does not stand beside it. */
export const cardTitle = ({ name, account }: Pick<CardView, 'name' | 'account'>): string =>
  name.includes(account) ? name : `${account} · ${name}`;

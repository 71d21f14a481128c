import { call } from '$lib/api';

/** An engagement that a decision about a renewal opened, and that goes when the decision is undone. */
export interface Successor {
  name: string;
  /** Who else worked on it since. */
  people: string[];
}

const most = 200;

export async function successor(id: string): Promise<Successor> {
  const [view, { rows }] = await Promise.all([
    call('engagement', { engagement_id: id }),
    call('history', { engagement_id: id, from: 0, count: most }),
  ]);
  const opened = rows.filter(({ command }) => command === 'decide_renewal').at(-1);
  const others = rows.filter(
    ({ person_id, undone, undo_of }) =>
      person_id !== opened?.person_id && !undone && undo_of === null,
  );
  return {
    name: view.name,
    people: [...new Set(others.flatMap(({ person }) => (person === null ? [] : [person])))],
  };
}

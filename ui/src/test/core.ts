import {
  ApiError,
  invalidate,
  setTransport,
  type CardView,
  type SessionView,
  type StageKind,
  type Transport,
} from '$lib/api';

export interface Asked {
  name: string;
  args: Record<string, unknown>;
  /** The id under which it can be stopped. */
  job?: string | undefined;
}

type Answer = (args: Record<string, unknown>) => unknown;

/** The desktop around the window: a click on a notice asks for a place. */
export const desktop = {
  open: (place: string): void => void place,
  /** How large the window shows the page. */
  zoom: 1,
};

/** What the program around the page does, for the tests that are about it. */
export type Shell = Pick<Transport, 'recover' | 'quit' | 'progress' | 'cancel'>;

/** A core for component tests: the answers that a test gives it, and what it was asked. */
export function fakeCore(answers: Record<string, Answer>, shell: Shell = {}): Asked[] {
  const asked: Asked[] = [];
  setTransport({
    call: (name, args, job) => {
      const given = args as Record<string, unknown>;
      asked.push({ name, args: given, job });
      const answer = answers[name];
      if (answer === undefined) return Promise.reject(new ApiError('unknown_command', { name }));
      const writes =
        /^(move|tick|override|undo|create|choose|record|skip|delete|update|take_over|set_|log|decide)/.test(
          name,
        );
      return Promise.resolve()
        .then(() => answer(given))
        .then((reply) => ({ reply, act_id: writes ? 'act' : null }));
    },
    listen: () => undefined,
    save: () => Promise.resolve(null),
    routes: (onRoute) => (desktop.open = onRoute),
    zoom: (factor) => Promise.resolve((desktop.zoom = factor)),
    ...shell,
  });
  invalidate();
  return asked;
}

export const kinds: StageKind[] = ['post-sales', 'kick-off', 'execution', 'closure', 'renewal'];

export const card = (kind: StageKind, i: number, more: Partial<CardView> = {}): CardView => ({
  id: `${kind}-${i}`,
  name: `Rollout ${i}`,
  account: 'Baltica Care',
  account_id: 'a',
  stage: kind,
  kind,
  effective_stage: kind,
  owner: 'Anna Example',
  owner_id: 'p1',
  value: { minor: 123_450, currency: 'EUR', digits: 2 },
  signed_on: '2026-03-04',
  open_item_count: i % 3,
  gate_open: i % 3 === 0,
  returned: false,
  breached: false,
  override_count: 0,
  status: 'active',
  client_mood: null,
  team_mood: null,
  contract_end_on: null,
  ...more,
});

/** A board whose columns really lose and gain what is moved. */
export function boardCore(sizes: number[], more: Record<string, Answer> = {}): Asked[] {
  const columns = new Map(
    kinds.map((kind, at) => [
      kind,
      Array.from({ length: sizes[at] ?? 0 }, (_, i) => card(kind, i)),
    ]),
  );
  const of = (kind: unknown): CardView[] => columns.get(kind as StageKind) ?? [];
  return fakeCore({
    people: () => [
      {
        id: 'p1',
        name: 'Anna Example',
        roles: ['sales'],
        engagement_count: 1,
        override_count: 0,
        is_me: true,
        absences: [],
      },
    ],
    board: () => ({
      columns: kinds.map((kind) => ({ kind, count: of(kind).length, value_sums: [] })),
    }),
    board_cards: ({ kind, from, count }) => ({
      count: of(kind).length,
      from,
      rows: of(kind).slice(Number(from), Number(from) + Number(count)),
    }),
    move_stage: ({ engagement_id, to }) => {
      for (const [kind, cards] of columns) {
        const moved = cards.find(({ id }) => id === engagement_id);
        if (moved === undefined) continue;
        columns.set(
          kind,
          cards.filter((one) => one !== moved),
        );
        const stage = to as StageKind;
        columns.set(stage, [...of(stage), { ...moved, stage, kind: stage }]);
      }
      return { id: engagement_id, stage: to, stages: kinds.map((kind) => ({ id: kind, kind })) };
    },
    ...more,
  });
}

/** A store where nothing is yet. */
export const sessionView = (more: Partial<SessionView> = {}): SessionView => ({
  workspace: null,
  person: null,
  people_count: 0,
  engagement_count: 0,
  pending_count: 0,
  deferred_count: 0,
  version: '0.1.0',
  rehearsal: false,
  store: '',
  ...more,
});

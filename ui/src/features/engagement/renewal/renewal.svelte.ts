import { undo } from '$lib/acts';
import {
  ApiError,
  callAct,
  type ChurnReason,
  type EngagementView,
  type OpenItem,
  type RenewalOutcome,
} from '$lib/api';
import { errorSentence, fmt, t, tKey } from '$lib/i18n';
import { toast } from '$lib/kit';
import type { EngagementScreen } from '../engagement.svelte';
import { restOn } from '../focus';

export const OUTCOMES: readonly RenewalOutcome[] = [
  'renewed',
  'expanded',
  'reduced',
  'churned',
  'ended',
];
export const REASONS: readonly ChurnReason[] = [
  'misfit',
  'broken_promise',
  'price',
  'no_appreciation',
  'nobody_could_solve_it',
  'rudeness',
  'passed_around',
  'waiting',
  'closed_down',
  'other',
];

/** Where a decision that was made is told. */
export const DECISION = 'decision-made';

export const goesOn = (outcome: string): boolean =>
  ['renewed', 'expanded', 'reduced'].includes(outcome);

/** A decision being made, and what is missing in it. */
export class RenewalForm {
  outcome = $state('');
  reason = $state('');
  note = $state('');
  name = $state('');
  minor = $state<number | null>(null);
  readable = $state(true);
  currency = $state('');
  end = $state('');
  tried = $state(false);
  busy = $state(false);
  failure = $state<string | null>(null);
  readonly next = $derived(goesOn(this.outcome));
  readonly #screen: EngagementScreen;

  readonly errors = $derived.by(() => {
    const needsNote =
      this.outcome === 'ended' || (this.outcome === 'churned' && this.reason === 'other');
    const all = [
      { id: 'decide-outcome', text: t('renewal-outcome-missing'), bad: this.outcome === '' },
      {
        id: 'decide-reason',
        text: t('renewal-reason-missing'),
        bad: this.outcome === 'churned' && this.reason === '',
      },
      {
        id: 'decide-note',
        text: t('renewal-note-missing'),
        bad: needsNote && this.note.trim() === '',
      },
      {
        id: 'decide-name',
        text: t('renewal-name-missing'),
        bad: this.next && this.name.trim() === '',
      },
      { id: 'decide-value', text: t('amount-unreadable'), bad: this.next && !this.readable },
    ];
    return this.tried ? all.filter(({ bad }) => bad) : [];
  });

  constructor(screen: EngagementScreen, view: EngagementView, currency: string) {
    this.#screen = screen;
    this.name = view.name;
    this.minor = view.value_minor;
    this.currency = view.currency ?? currency;
  }

  errorOf(id: string): string | null {
    return this.errors.find((error) => error.id === id)?.text ?? null;
  }

  async save(): Promise<void> {
    this.tried = true;
    this.failure = null;
    const outcome = OUTCOMES.find((one) => one === this.outcome);
    if (this.busy || this.errors.length > 0 || outcome === undefined) return;
    const screen = this.#screen;
    this.busy = true;
    try {
      const { reply, act_id } = await callAct('decide_renewal', {
        engagement_id: screen.id,
        outcome,
        churn_reason:
          outcome === 'churned' ? (REASONS.find((one) => one === this.reason) ?? null) : null,
        note: this.note.trim() || null,
        ...(this.next ? this.#nextOne() : {}),
      });
      screen.deciding = false;
      screen.take(reply.engagement);
      await restOn(DECISION);
      document.getElementById(DECISION)?.scrollIntoView({ block: 'center' });
      const words = { name: reply.engagement.name, outcome: tKey('outcome', outcome) };
      const back = async (): Promise<void> => {
        if (await undo(act_id)) await screen.load();
      };
      toast(t('renewal-saved', words), { tone: 'ok', ...(act_id ? { undo: back } : {}) });
    } catch (raw) {
      this.failure = whyNot(ApiError.from(raw));
    } finally {
      this.busy = false;
    }
  }

  #nextOne(): {
    name: string;
    value_minor: number | null;
    currency: string | null;
    contract_end_on: string | null;
  } {
    return {
      name: this.name.trim(),
      value_minor: this.minor,
      currency: this.minor === null ? null : this.currency,
      contract_end_on: this.end || null,
    };
  }
}

/** A closed gate names what is open. */
function whyNot(error: ApiError): string {
  if (error.code !== 'gate_closed') return errorSentence(error);
  const open = (error.fields['open_items'] as OpenItem[] | undefined) ?? [];
  if (open.length === 0) return t('renewal-blocked');
  return t('renewal-open-items', {
    items: fmt.list(open.map(({ id, label }) => tKey('item', id, label))),
  });
}

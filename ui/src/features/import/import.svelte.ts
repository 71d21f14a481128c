import { undo } from '$lib/acts';
import {
  ApiError,
  call,
  callAct,
  cancelJob,
  fileToBase64,
  type DateOrder,
  type ImportColumnsView,
  type ImportDeals,
  type ImportReport,
} from '$lib/api';
import { t } from '$lib/i18n';
import { toast } from '$lib/kit';

export type What = 'deals' | 'accounts' | 'products';

export interface Proposal {
  typed: string;
  known: string;
  rows: number;
}

/** A file on its way into the store: chosen, looked at, questions answered, imported. */
export class ImportFlow {
  what = $state<What>('deals');
  file = $state.raw<{ name: string; base64: string } | null>(null);
  order = $state<DateOrder | ''>('');
  currency = $state('');
  asksOrder = $state(false);
  takeOver = $state(false);
  columns = $state.raw<ImportColumnsView | null>(null);
  /** Columns by field as chosen here; null: as proposed. */
  mapping = $state.raw<Record<string, string | null> | null>(null);
  aliases = $state.raw<Record<string, string>>({});
  proposals = $state.raw<Proposal[]>([]);
  report = $state.raw<ImportReport | null>(null);
  error = $state.raw<ApiError | null>(null);
  busy = $state(false);
  /** The id under which the import that writes can be stopped. */
  job = $state<string | null>(null);
  /** Counts the looks at the file, so that its rows are asked again. */
  turn = $state(0);
  #again = false;
  /** Rows that would be, or were, written. */
  readonly rows = $derived((this.report?.created ?? 0) + (this.report?.updated ?? 0));
  readonly finished = $derived(this.report !== null && !this.report.preview);

  take = async (file: File): Promise<void> => {
    this.reset();
    this.file = { name: file.name, base64: await fileToBase64(file) };
    await this.look();
  };

  reset = (): void => {
    this.file = this.report = this.error = this.columns = this.mapping = null;
    this.order = '';
    this.asksOrder = this.takeOver = false;
    this.aliases = {};
    this.proposals = [];
  };

  /** How the core is to read the file. */
  readonly #how = $derived({
    ...(this.order === '' ? {} : { date_order: this.order }),
    ...(this.currency === '' ? {} : { currency: this.currency }),
  });

  deals(preview: boolean): ImportDeals {
    // A field that no column stands for says so: left out, it would be found again by its name.
    const source = this.columns?.source;
    const mapping = { ...this.mapping, ...(source ? { source } : {}) };
    return {
      file_name: this.file?.name ?? '',
      content_base64: this.file?.base64 ?? '',
      preview,
      ...this.#how,
      ...(this.mapping === null ? {} : { mapping }),
      ...(Object.keys(this.aliases).length === 0 ? {} : { aliases: this.aliases }),
      ...(this.takeOver ? { take_over: true } : {}),
    };
  }

  map = (field: string, column: string): Promise<void> => {
    const before = this.mapping ?? this.columns?.mapping ?? {};
    this.mapping = { ...before, [field]: column || null };
    return this.look();
  };

  settle = (typed: string, known: string): Promise<void> => {
    this.aliases = { ...this.aliases, [typed]: known };
    return this.look();
  };

  look = (): Promise<void> => this.#send(true);

  run = (): Promise<void> => this.#send(false);

  stop = async (): Promise<void> => {
    if (this.job !== null) await cancelJob(this.job);
  };

  saveRejected = async (save: (name: string, text: string) => Promise<unknown>): Promise<void> => {
    try {
      const { file_name, csv, rows } = await call('rejected_rows', this.deals(true));
      if ((await save(file_name, csv)) !== null) toast(t('import-reject-saved', { count: rows }));
    } catch (raw) {
      this.error = ApiError.from(raw);
    }
  };

  async #send(preview: boolean): Promise<void> {
    if (this.file === null) return;
    if (this.busy) {
      this.#again = preview;
      return;
    }
    this.busy = true;
    this.error = null;
    this.job = preview ? null : crypto.randomUUID();
    try {
      const deals = this.what === 'deals';
      if (deals && preview) this.columns = await call('import_columns', this.deals(true));
      const args = deals
        ? this.deals(preview)
        : {
            file_name: this.file.name,
            content_base64: this.file.base64,
            preview,
            ...this.#how,
          };
      const { reply, act_id } = await callAct(`import_${this.what}`, args, this.job ?? undefined);
      this.report = reply;
      this.turn += 1;
      this.#propose(reply);
      if (!preview) this.#tell(reply, act_id);
    } catch (raw) {
      const error = ApiError.from(raw);
      if (error.code !== 'cancelled') this.report = null;
      this.error = error;
      if (error.code === 'date_order_ambiguous') this.asksOrder = true;
    } finally {
      this.busy = false;
      this.job = null;
    }
    if (!this.#again) return;
    this.#again = false;
    await this.look();
  }

  /** Names that were settled stay in the list, so that the answer can be changed. */
  #propose({ notices }: ImportReport): void {
    for (const notice of notices) {
      if (notice.code !== 'account_looks_like' && notice.code !== 'product_looks_like') continue;
      if (this.proposals.some(({ typed }) => typed === notice.typed)) continue;
      this.proposals = [...this.proposals, notice];
    }
  }

  #tell(report: ImportReport, act_id: string | null): void {
    const back = async (): Promise<void> => {
      if ((await undo(act_id)) !== undefined) this.reset();
    };
    toast(t('import-done', { created: report.created, updated: report.updated }), {
      tone: 'ok',
      ...(act_id === null ? {} : { undo: back }),
    });
  }
}

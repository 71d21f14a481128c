import { undo } from '$lib/acts';
import { ApiError, callAct, fileToBase64, type DateOrder, type ImportReport } from '$lib/api';
import { t } from '$lib/i18n';
import { toast } from '$lib/kit';

export type What = 'deals' | 'accounts' | 'products';

/** A file on its way into the store: chosen, looked at, questions answered, imported. */
export class ImportFlow {
  what = $state<What>('deals');
  file = $state.raw<{ name: string; base64: string } | null>(null);
  order = $state<DateOrder | ''>('');
  currency = $state('');
  asksOrder = $state(false);
  report = $state.raw<ImportReport | null>(null);
  error = $state.raw<ApiError | null>(null);
  busy = $state(false);
  /** Rows that would be, or were, written. */
  readonly rows = $derived((this.report?.created ?? 0) + (this.report?.updated ?? 0));
  readonly finished = $derived(this.report !== null && !this.report.preview);

  take = async (file: File): Promise<void> => {
    this.reset();
    this.file = { name: file.name, base64: await fileToBase64(file) };
    await this.look();
  };

  reset = (): void => {
    this.file = this.report = this.error = null;
    this.order = '';
    this.asksOrder = false;
  };

  look = (): Promise<void> => this.#send(true);

  run = (): Promise<void> => this.#send(false);

  async #send(preview: boolean): Promise<void> {
    if (this.file === null || this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      const { reply, act_id } = await callAct(`import_${this.what}`, {
        file_name: this.file.name,
        content_base64: this.file.base64,
        preview,
        ...(this.order === '' ? {} : { date_order: this.order }),
        ...(this.currency === '' ? {} : { currency: this.currency }),
      });
      this.report = reply;
      if (!preview) this.#tell(reply, act_id);
    } catch (raw) {
      this.report = null;
      this.error = ApiError.from(raw);
      if (this.error.code === 'date_order_ambiguous') this.asksOrder = true;
    } finally {
      this.busy = false;
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

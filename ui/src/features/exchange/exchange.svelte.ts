import { ApiError, call, fileToBase64, saveFile } from '$lib/api';
import type { BundlePreview, ExportFormat, ExportKind } from '$lib/api';
import { errorSentence, t } from '$lib/i18n';
import { announce, toast } from '$lib/kit';

interface Chosen {
  name: string;
  content: string;
  preview: BundlePreview;
}

/** Giving one's own changes away and taking a colleague's in. */
export class ExchangeScreen {
  exporting = $state(false);
  exportRefusal = $state('');
  /** The file that is being made. */
  saving = $state('');
  fileRefusal = $state('');
  reading = $state('');
  writing = $state(false);
  chosen = $state.raw<Chosen | null>(null);
  /** Changes taken in by the last import; null before it. */
  taken = $state<number | null>(null);
  refusal = $state('');

  async export(): Promise<void> {
    if (this.exporting) return;
    this.exporting = true;
    this.exportRefusal = '';
    try {
      const bundle = await call('export_bundle', {});
      const path = await saveFile(bundle.file_name, bundle.content_base64);
      const args = { count: bundle.operations, file: path ?? bundle.file_name };
      toast(path === null ? t('exchange-export-cancelled') : t('exchange-exported', args));
    } catch (error) {
      this.exportRefusal = sentence(error);
      announce(this.exportRefusal);
    } finally {
      this.exporting = false;
    }
  }

  /** A file for other programs; Excel reads a CSV right only with its mark. */
  async save(kind: ExportKind, format: ExportFormat): Promise<void> {
    if (this.saving !== '') return;
    this.saving = `${kind} ${format}`;
    this.fileRefusal = '';
    try {
      const file = await call('export_file', { kind, format, bom: format === 'csv' });
      const path = await saveFile(file.file_name, file.content_base64);
      const args = { count: file.rows, file: path ?? file.file_name };
      toast(path === null ? t('exchange-export-cancelled') : t('exchange-file-saved', args));
    } catch (error) {
      this.fileRefusal = sentence(error);
      announce(this.fileRefusal);
    } finally {
      this.saving = '';
    }
  }

  /** Reads a bundle without writing anything. */
  async choose(file: File): Promise<void> {
    this.clear();
    this.reading = file.name;
    try {
      const content = await fileToBase64(file);
      const args = { file_name: file.name, content_base64: content, preview: true };
      const preview = await call('import_bundle', args);
      this.chosen = { name: file.name, content, preview };
      announce(t('exchange-preview-new', { count: preview.new_operations }));
    } catch (error) {
      this.refuse(error);
    } finally {
      this.reading = '';
    }
  }

  async take(): Promise<void> {
    const { chosen } = this;
    if (chosen === null || this.writing) return;
    this.writing = true;
    try {
      const args = { file_name: chosen.name, content_base64: chosen.content, preview: false };
      const done = await call('import_bundle', args);
      this.clear();
      this.taken = done.new_operations;
      toast(t('exchange-imported', { count: done.new_operations }));
    } catch (error) {
      this.refuse(error);
    } finally {
      this.writing = false;
    }
  }

  clear(): void {
    this.chosen = null;
    this.taken = null;
    this.refusal = '';
  }

  private refuse(error: unknown): void {
    this.chosen = null;
    this.refusal = sentence(error);
    announce(this.refusal);
  }
}

function sentence(error: unknown): string {
  return error instanceof ApiError ? errorSentence(error) : t('exchange-unreadable');
}

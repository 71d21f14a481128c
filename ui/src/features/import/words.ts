import type { ImportNotice, ImportReport, ImportRowView } from '$lib/api';
import { fmt, has, t, tKey } from '$lib/i18n';

export function noticeText(notice: ImportNotice): string {
  if (notice.code === 'date_order_assumed') {
    return t('import-notice-date-order-assumed', {
      order: tKey('import-order-name', notice.order),
    });
  }
  if (notice.code === 'currency_assumed') {
    return t('import-notice-currency-assumed', { currency: fmt.currencyName(notice.currency) });
  }
  if (notice.code === 'encoding_assumed') {
    return t('import-notice-encoding-assumed', { encoding: notice.encoding });
  }
  if (notice.code === 'thousands_assumed') {
    const { cell, column, rows } = notice;
    return t('import-notice-thousands-assumed', { cell, column, rows });
  }
  if (notice.code === 'header_repeated') {
    return t('import-notice-header-repeated', { header: notice.header, again: notice.again });
  }
  if (notice.code === 'already_in_book') {
    return t('import-notice-already-in-book', { rows: notice.rows });
  }
  const { typed, known, rows } = notice;
  if (notice.code === 'account_looks_like') {
    return t('import-notice-account-looks-like', { typed, known, rows });
  }
  return t('import-notice-product-looks-like', { typed, known, rows });
}

/** Why rows were left out; empty if none were. */
export function skippedText({ skipped, notices }: ImportReport): string {
  const inBook = notices.reduce(
    (sum, notice) => sum + (notice.code === 'already_in_book' ? notice.rows : 0),
    0,
  );
  const deals = skipped - inBook;
  const what = [
    ...(deals > 0 ? [t('import-skipped-deals', { count: deals })] : []),
    ...(inBook > 0 ? [t('import-skipped-in-book', { count: inBook })] : []),
  ];
  return what.length === 0 ? '' : t('import-skipped-why', { what: fmt.list(what) });
}

export function rejectionText(code: string): string {
  const key = `rejection-${code.replaceAll('_', '-')}`;
  return has(key) ? t(key) : t('rejection-other', { code });
}

/** Why a row is left out or rejected, or what of it changed. */
export function rowWords(row: ImportRowView): string {
  if (row.outcome === 'skip') return row.code === null ? '' : tKey('import-skip', row.code);
  if (row.code !== null) {
    const reason = rejectionText(row.code);
    return row.column === null
      ? reason
      : t('import-row-cell', { reason, column: row.column, cell: row.cell ?? '' });
  }
  const changes = row.changes.map(({ field, before, after }) =>
    t('import-row-change', { field: tKey('import-field', field), before, after }),
  );
  return fmt.list([...(row.stage === null ? [] : [tKey('stage', row.stage)]), ...changes]);
}

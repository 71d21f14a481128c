import type { ApiError, Recovery } from '$lib/api';
import { errorSentence, has, t } from '$lib/i18n';

/** Why the store cannot be opened. Where nothing was asked for yet, a sentence about saving would mislead. */
export function startSentence(error: ApiError): string {
  const id = `start-${error.code.replaceAll('_', '-')}`;
  if (!has(id)) return errorSentence(error);
  const { path, reason } = error.fields;
  return t(id, { path: String(path ?? ''), reason: String(reason ?? '') });
}

/** The folder that a file is in; empty if its path does not say. */
export const folderOf = (path: string): string => path.replace(/[\\/]?[^\\/]*$/, '');

/** What a recovery did: the same sentences that the command line says. */
export function recoverySentences(recovery: Recovery): string[] {
  const { how, acts_saved, waiting, kept_as } = recovery;
  const { acts_mended, changes_kept, changes_lost } = recovery;
  const backup = recovery.backup ?? '';
  const waits = waiting > 0 ? [t('notice-recovered-waiting')] : [];
  if (how === 'intact') return [t('notice-recovered-intact'), ...waits];
  const said = { log: 'log', log_and_backup: 'log-and-backup', backup: 'backup' } as const;
  return [
    t(`notice-recovered-${said[how]}`, { acts_saved, backup }),
    ...(acts_mended > 0
      ? [t('notice-recovered-mended', { acts_mended, changes_kept, changes_lost })]
      : []),
    ...lost(recovery),
    ...(kept_as === null ? [] : [t('notice-recovered-kept', { kept_as })]),
    ...waits,
  ];
}

function lost({ acts_lost, acts_mended }: Recovery): string[] {
  if (acts_lost === null) return [t('notice-recovered-lost-unknown')];
  if (acts_lost > 0) return [t('notice-recovered-lost', { acts_lost })];
  return acts_mended > 0 ? [] : [t('notice-recovered-nothing-lost')];
}

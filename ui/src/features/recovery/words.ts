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
  const { how, acts_saved, acts_lost, waiting, kept_as } = recovery;
  const backup = recovery.backup ?? '';
  if (how === 'intact') return [t('notice-recovered-intact')];
  const said = { log: 'log', log_and_backup: 'log-and-backup', backup: 'backup' } as const;
  return [
    t(`notice-recovered-${said[how]}`, { acts_saved, backup }),
    acts_lost === 0
      ? t('notice-recovered-nothing-lost')
      : acts_lost === null
        ? t('notice-recovered-lost-unknown')
        : t('notice-recovered-lost', { acts_lost }),
    ...(waiting > 0 ? [t('notice-recovered-waiting')] : []),
    ...(kept_as === null ? [] : [t('notice-recovered-kept', { kept_as })]),
  ];
}

import type { EngagementView, Role, StageKind } from '$lib/api';

function kindNow(view: EngagementView): StageKind | undefined {
  return view.stages.find((stage) => stage.id === view.stage)?.kind;
}

/** The short handover from the project manager to the account manager: it has no form of its own. */
export function isShort(view: EngagementView): boolean {
  const kind = kindNow(view);
  return kind === 'closure' || kind === 'renewal';
}

/** Who may receive the handover. */
export function receiverRole(view: EngagementView): Role {
  return isShort(view) ? 'account_manager' : 'project_manager';
}

/** Who writes and submits it. */
export function giverRole(view: EngagementView): Role {
  return isShort(view) ? 'project_manager' : 'sales';
}

/** The stage in which the handover is submitted, if the engagement is not there. */
export function otherStage(view: EngagementView): string | undefined {
  const kind = kindNow(view);
  if (kind === 'post-sales' || kind === 'closure') return undefined;
  const wanted = isShort(view) ? 'closure' : 'post-sales';
  return view.stages.find((stage) => stage.kind === wanted)?.id;
}

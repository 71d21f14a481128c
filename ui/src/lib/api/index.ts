export {
  call,
  cancelJob,
  canQuit,
  canZoom,
  canRecover,
  callAct,
  fileToBase64,
  invalidate,
  onChanged,
  onDamage,
  onProgress,
  onRoute,
  quit,
  recover,
  saveFile,
  type Recovery,
  type Touched,
  zoomTo,
} from './call';
export { ApiError } from './error';
export { cached, dropCache, Query, query } from './query.svelte';
export { setTransport, type Outcome, type Progress, type Transport } from './transport';
export * from './types';

export {
  call,
  callAct,
  fileToBase64,
  invalidate,
  onChanged,
  onRoute,
  saveFile,
  type Touched,
} from './call';
export { ApiError } from './error';
export { cached, dropCache, Query, query } from './query.svelte';
export { setTransport, type Outcome, type Transport } from './transport';
export * from './types';

export type EngagementTab = 'pipeline' | 'handover' | 'promises' | 'moods' | 'history';

export type Route =
  | { name: 'today' }
  | { name: 'moods' }
  | { name: 'board' }
  | { name: 'list' }
  | { name: 'engagement'; id: string; tab?: EngagementTab; focus?: string }
  | { name: 'accounts' }
  | { name: 'account'; id: string }
  | { name: 'people' }
  | { name: 'products' }
  | { name: 'exchange' }
  | { name: 'settings' }
  | { name: 'firstrun' }
  | { name: 'import' };

const plainNames = [
  'today',
  'moods',
  'board',
  'list',
  'accounts',
  'people',
  'products',
  'exchange',
  'settings',
  'firstrun',
  'import',
] as const;
const tabs: readonly EngagementTab[] = ['pipeline', 'handover', 'promises', 'moods', 'history'];

export function hashOf(route: Route): string {
  if (route.name === 'account') return `#/account/${encodeURIComponent(route.id)}`;
  if (route.name !== 'engagement') return `#/${route.name}`;
  return ['#/engagement', encodeURIComponent(route.id), route.tab].filter(Boolean).join('/');
}

export function routeOf(hash: string): Route {
  const [name, id, tab] = hash.replace(/^#\//, '').split('/');
  if (name === 'engagement' && id !== undefined && id !== '') {
    const known = tabs.find((one) => one === tab);
    return { name, id: decodeURIComponent(id), ...(known === undefined ? {} : { tab: known }) };
  }
  if (name === 'account' && id !== undefined && id !== '') {
    return { name, id: decodeURIComponent(id) };
  }
  return { name: plainNames.find((one) => one === name) ?? 'today' };
}

class Router {
  route = $state.raw<Route>(
    typeof location === 'undefined' ? { name: 'today' } : routeOf(location.hash),
  );
  /** How many steps there are to go back to. */
  depth = $state(0);

  start(): () => void {
    const onpop = (): void => {
      this.depth = (history.state as { depth?: number } | null)?.depth ?? 0;
      this.route = routeOf(location.hash);
    };
    addEventListener('popstate', onpop);
    return () => removeEventListener('popstate', onpop);
  }

  go = (route: Route): void => {
    if (hashOf(route) !== hashOf(this.route)) {
      this.depth += 1;
      history.pushState({ depth: this.depth }, '', hashOf(route));
    }
    this.route = route;
  };

  /** Another view of the same place: no step to go back to. */
  replace = (route: Route): void => {
    history.replaceState({ depth: this.depth }, '', hashOf(route));
    this.route = route;
  };

  back = (): void => {
    if (this.depth > 0) history.back();
    else this.replace({ name: 'today' });
  };
}

export const router = new Router();

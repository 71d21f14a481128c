export type Theme = 'system' | 'light' | 'dark';

const stored = (): Theme => {
  const kept = typeof localStorage === 'undefined' ? null : localStorage.getItem('baton-theme');
  return kept === 'light' || kept === 'dark' ? kept : 'system';
};

class ThemeChoice {
  value = $state<Theme>(stored());
  #osDark = $state(false);
  readonly shown = $derived<'light' | 'dark'>(
    this.value === 'system' ? (this.#osDark ? 'dark' : 'light') : this.value,
  );

  /** Follows the system from now on, as long as nothing else is chosen. */
  start(): void {
    const os = matchMedia('(prefers-color-scheme: dark)');
    this.#osDark = os.matches;
    os.addEventListener('change', () => {
      this.#osDark = os.matches;
      this.apply();
    });
    this.apply();
  }

  set = (value: Theme): void => {
    this.value = value;
    localStorage.setItem('baton-theme', value);
    this.apply();
  };

  apply(): void {
    document.documentElement.dataset['theme'] = this.shown;
  }
}

export const theme = new ThemeChoice();

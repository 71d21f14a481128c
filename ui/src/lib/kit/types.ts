import type { Component } from 'svelte';

export type Icon = Component<{ size?: number | string; 'aria-hidden'?: 'true' }>;
export type Tone = 'ok' | 'warn' | 'bad' | 'neutral' | 'accent';

export interface Option {
  value: string;
  label: string;
  hint?: string;
  disabled?: boolean;
}

/** What a Field gives to the control inside it. */
export interface FieldControl {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': 'true' | undefined;
}

export interface MenuAction {
  id: string;
  label: string;
  icon?: Icon;
  keys?: string;
  hint?: string;
  disabled?: boolean;
  checked?: boolean;
  danger?: boolean;
  run: () => unknown;
}

export type MenuItem = MenuAction | { separator: true };

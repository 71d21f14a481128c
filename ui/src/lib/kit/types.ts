import type { Component, Snippet } from 'svelte';

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

export interface MenuProps {
  id?: string;
  /** The name of the trigger. */
  label: string;
  items: MenuItem[];
  /** What the trigger shows. */
  children?: Snippet;
  kind?: 'plain' | 'quiet' | 'bare';
  align?: 'start' | 'end';
  open?: boolean;
}

export interface ComboboxProps {
  value?: string;
  options: Option[];
  label?: string;
  placeholder?: string;
  emptyText: string;
  id?: string;
  onpick?: (value: string) => void;
  'aria-describedby'?: string;
  'aria-invalid'?: 'true';
}

export * from './commands.svelte';

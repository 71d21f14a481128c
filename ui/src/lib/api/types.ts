// The one place that says where the wire types come from.
export * from './commands';
export * from './records';
export * from './views';

export * from './flows/flow.ts';
export * from './flows/integration.ts';

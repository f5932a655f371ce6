/** Anything a store may hold. Model types are inferred aliases, so every one of them fits. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

import type { CommerceError } from '@crossdock/core';

/** A feed that may set a change's value anew when it is worked on, or why that is not known. */
export type OlderFeed = { readonly feedId: string } | { readonly cause: CommerceError | undefined };

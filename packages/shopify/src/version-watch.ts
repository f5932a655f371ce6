import type { ShopifySettings, ShopifyWarning } from './options.ts';

/**
 * Hears what Shopify says about versions. It answers a version that ended with the oldest one that has not, without an
 * error, so only the header tells that fields may mean something else now. shopify.dev, API versioning, read 2026-11-23.
 */
export interface VersionWatch {
  hear(headers: Headers): void;
  /** The version that answered last, where it is not the pinned one. */
  readonly other: string | undefined;
}

/** Whoever goes through so many reasons gets the first ones once more; nothing grows for ever. */
const mostReasons = 500;

export function versionWatch({ system, apiVersion, onWarning }: ShopifySettings): VersionWatch {
  const said = new Set<string>();
  let other: string | undefined;

  function say(warning: ShopifyWarning): void {
    if (said.has(warning.message)) return;
    if (said.size >= mostReasons) said.clear();
    said.add(warning.message);
    // A listener's failure must not make a change that was carried out look like one that was not, nor end the process.
    try {
      // A listener may be an async function, whatever its type says.
      const heard: unknown = onWarning(warning);
      void Promise.resolve(heard).catch(ignore);
    } catch {
      ignore();
    }
  }

  return {
    get other() {
      return other;
    },
    hear(headers) {
      const served = servedVersion(headers);
      if (served !== undefined) other = served === apiVersion ? undefined : served;
      if (served !== undefined && other !== undefined) {
        const message = `"${system}" asked for API version "${apiVersion}" and was served "${served}". Move apiVersion to a supported one.`;
        say({ kind: 'version-not-served', message, asked: apiVersion, served });
      }
      const reason = headers.get('x-shopify-api-deprecated-reason')?.slice(0, 300);
      if (reason !== undefined && reason !== '') {
        const message = `"${system}" used something that Shopify will take away: "${reason}". Update the connector.`;
        say({ kind: 'deprecated', message, reason });
      }
    },
  };
}

function ignore(): void {
  // The listener has its own ways to tell of its failures.
}

/** The version that an answer is from. Refusals before the API is reached name none. */
export function servedVersion(headers: Headers): string | undefined {
  return headers.get('x-shopify-api-version') ?? undefined;
}

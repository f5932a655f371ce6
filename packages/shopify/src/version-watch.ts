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

export function versionWatch({ system, apiVersion, onWarning }: ShopifySettings): VersionWatch {
  const said = new Set<string>();
  let other: string | undefined;

  function say(warning: ShopifyWarning): void {
    if (said.has(warning.message)) return;
    said.add(warning.message);
    onWarning(warning);
  }

  return {
    get other() {
      return other;
    },
    hear(headers) {
      const served = headers.get('x-shopify-api-version');
      other = served === null || served === apiVersion ? undefined : served;
      if (other !== undefined) {
        const message = `"${system}" asked for API version "${apiVersion}" and was served "${other}". Move apiVersion to a supported one.`;
        say({ kind: 'version-not-served', message });
      }
      const reason = headers.get('x-shopify-api-deprecated-reason');
      if (reason !== null) {
        const message = `"${system}" used something that Shopify will take away: "${reason.slice(0, 300)}". Update the connector.`;
        say({ kind: 'deprecated', message });
      }
    },
  };
}

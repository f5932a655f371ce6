import { majorOf, type OdooVersion } from '../versions.ts';

export interface VersionInfo {
  readonly version_info: readonly (number | string)[];
  readonly version: string;
}

export function versionInfo(version: OdooVersion): VersionInfo {
  return { version_info: [majorOf(version), 0, 0, 'final', 0, ''], version };
}

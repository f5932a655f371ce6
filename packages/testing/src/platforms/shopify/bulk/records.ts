/** Work on many records, as the shop keeps it. */
export type BulkRecord = {
  readonly id: bigint;
  readonly type: 'QUERY' | 'MUTATION';
  /** The document, as it was sent. */
  readonly query: string;
  readonly clientIdentifier: string | undefined;
  /** `statusAt` tells what is shown of it: time alone makes it EXPIRED. */
  status: 'CREATED' | 'RUNNING' | 'COMPLETED' | 'CANCELING' | 'CANCELED' | 'FAILED' | 'EXPIRED';
  errorCode: 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR' | 'TIMEOUT' | undefined;
  objectCount: number;
  rootObjectCount: number;
  readonly createdAt: number;
  completedAt: number | undefined;
  /** Where the result can be fetched, once there is one. */
  file: ResultFile | undefined;
};

/** Lines of JSON, in pieces: a large one is never one text. */
export type ResultFile = {
  readonly name: string;
  readonly pieces: readonly Uint8Array[];
  readonly size: number;
  /** Who fetches it later gets nothing. */
  readonly until: number;
};

/** A file that a client may upload, and what came. */
export type UploadRecord = {
  readonly key: string;
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  readonly until: number;
  text: string | undefined;
};

/** The status of this moment: what is completed is expired once its result can no longer be fetched. */
export function statusAt({ status, file }: Pick<BulkRecord, 'status' | 'file'>, now: number): BulkRecord['status'] {
  // That only what was completed and had a result expires is ours; the schema of API 2026-10 says it of the URL.
  return status === 'COMPLETED' && file && now > file.until ? 'EXPIRED' : status;
}

/** Whether nothing more will come. */
export function isOver({ status }: BulkRecord): boolean {
  return status === 'COMPLETED' || status === 'CANCELED' || status === 'FAILED' || status === 'EXPIRED';
}

/** One line: an object, with the id of the one it belongs to. */
export type Line = Readonly<Record<string, unknown>>;

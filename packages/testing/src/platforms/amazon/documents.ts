import type { AmazonIds } from './ids.ts';
import type { DocumentRecord } from './records.ts';
import type { AmazonStore } from './store.ts';

/** Files that are sent and fetched at presigned addresses, outside the API. */
export interface Documents {
  /** A place for a file of the seller's. */
  open(contentType: string): DocumentRecord;
  /** A report that lies ready. */
  keep(text: string): DocumentRecord;
  /** A presigned address at the host that was asked. */
  address(document: DocumentRecord, origin: string, more?: Readonly<Record<string, string>>): string;
  /** Answers at a presigned address. */
  answer(request: {
    readonly method: string;
    readonly url: URL;
    readonly headers: Headers;
    readonly text: string;
  }): Promise<Response>;
}

/** How reports are packed. */
export type ReportPacking = 'gzip' | 'plain';

/** Where presigned addresses point to in process. Over a socket they point to the socket. */
const documentOrigin = 'https://tortuga-prod-eu.s3-eu-west-1.amazonaws.com';
/** How their path begins. */
export const documentPath = '/documents/';
/** A presigned address is good for five minutes. Amazon's model of Feeds of 2026-08-05, read 2026-11-23. */
const lifeMs = 300_000;

/** Makes the place where files lie. */
export function amazonDocuments(store: AmazonStore, apiOrigin: string, packing: ReportPacking): Documents {
  const { clock, documents, ids } = store;

  function add(record: Omit<DocumentRecord, 'id' | 'createdAt'>): DocumentRecord {
    const document = { ...record, id: documentId(ids), createdAt: clock.now() };
    documents.set(document.id, document);
    return document;
  }

  return {
    open: (contentType) => add({ contentType, isReport: false, text: undefined }),
    keep: (text) => add({ contentType: 'application/json; charset=UTF-8', isReport: true, text }),
    address(document, origin, more = {}) {
      const query = new URLSearchParams({
        'X-Amz-Date': String(clock.now()),
        'X-Amz-Expires': String(lifeMs / 1000),
        ...more,
        'X-Amz-Signature': signature(document.id, clock.now()),
      });
      const host = origin === apiOrigin ? documentOrigin : origin;
      return `${host}${documentPath}${document.id}?${query.toString()}`;
    },
    async answer({ method, url, headers, text }) {
      const id = decodeURIComponent(url.pathname.slice(documentPath.length));
      const document = documents.get(id);
      const signedAt = Number(url.searchParams.get('X-Amz-Date'));
      const isSigned = url.searchParams.get('X-Amz-Signature') === signature(id, signedAt);
      // Headers of Amazon's API are no part of what was signed.
      if (!isSigned || headers.has('x-amz-access-token') || headers.has('authorization')) return mismatch();
      if (clock.now() > signedAt + lifeMs) return xml(403, 'AccessDenied', 'Request has expired');
      if (!document) return xml(404, 'NoSuchKey', 'The specified key does not exist.');
      if (method === 'PUT') {
        if (document.isReport || headers.get('content-type') !== document.contentType) return mismatch();
        document.text = text;
        return new Response(null, { status: 200 });
      }
      if (method !== 'GET') return mismatch();
      if (document.text === undefined) return xml(404, 'NoSuchKey', 'The specified key does not exist.');
      return document.isReport && packing === 'gzip' ? packed(document.text, url) : plain(document);
    },
  };
}

function plain({ text, contentType }: DocumentRecord): Response {
  return new Response(text, { headers: { 'content-type': contentType } });
}

async function packed(text: string, url: URL): Promise<Response> {
  const isDeclared = url.searchParams.get('response-content-encoding') === 'gzip';
  const headers = {
    'content-type': 'application/json; charset=UTF-8',
    ...(isDeclared && { 'content-encoding': 'gzip' }),
  };
  // Over a socket the client unpacks what is declared to be packed; in process nobody stands between, so it is done here.
  if (isDeclared && url.origin === documentOrigin) return new Response(text, { headers });
  const bytes = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Response(await new Response(bytes).arrayBuffer(), { headers });
}

function documentId(ids: AmazonIds): string {
  return `amzn1.tortuga.4.eu.${ids.uuid()}.${ids.text(14)}`;
}

/** Good enough to tell an address that was given out from one that was made up. */
function signature(id: string, signedAt: number): string {
  let sum = 0;
  for (const letter of `${id} ${signedAt}`) sum = (Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0)) >>> 0;
  return sum.toString(16).padStart(8, '0');
}

function mismatch(): Response {
  return xml(403, 'SignatureDoesNotMatch', 'The request signature does not match the signature you provided.');
}

function xml(status: number, code: string, message: string): Response {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return new Response(body, { status, headers: { 'content-type': 'application/xml' } });
}

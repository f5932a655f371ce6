import type { Store } from '../store.ts';
import type { ResultFile } from './records.ts';

/** How the next fetching of a result breaks. */
type BrokenDownload = { readonly afterBytes: number; readonly how: 'cut' | 'reset' };

/** Where files are, as one who asks is told. */
export interface StorageAddress {
  /** Where a result can be fetched; null when the days for that are over. */
  readonly urlOf: (file: ResultFile) => string | null;
  /** Where a file can be uploaded. */
  readonly uploadUrl: string;
}

/** The hosts that hold files: they are not the shop's, and know no tokens of it. */
export interface Storage {
  /** The addresses for whoever sent a request to `url`: one that came by plain HTTP came through a listening door. */
  readonly seenFrom: (url: string) => StorageAddress;
  readonly handle: (request: Request) => Promise<Response>;
  readonly breakNext: (broken: BrokenDownload) => void;
}

// As in examples on shopify.dev, bulk operations, read 2026-11-26.
const resultsPath = '/shopify-tiers-assets-prod-us-east1/bulk-operation-outputs/';

// "100 MB" for the variables of a bulk mutation. shopify.dev, bulk operations, read 2026-11-23. Taken as the smaller of its two meanings.
const mostBytes = 100_000_000;

/** Whether a request is for a file, wherever it is sent: a listening door has another host. */
export function isForStorage(request: Request): boolean {
  const { pathname } = new URL(request.url);
  return pathname.startsWith(resultsPath) || (pathname === '/' && request.method !== 'GET');
}

/** Makes the storage of one shop. `origin` replaces both hosts, for clients of a listening door. */
export function fileStorage(store: Store, origin: string | undefined): Storage {
  const broken: BrokenDownload[] = [];
  const originFor = (url: string) => {
    const { protocol, origin: door } = new URL(url);
    return origin ?? (protocol === 'http:' ? door : undefined);
  };
  const uploadsFor = (url: string) => `${originFor(url) ?? 'https://shopify-staged-uploads.storage.googleapis.com'}/`;

  function download(request: Request): Response {
    const { pathname, searchParams } = new URL(request.url);
    const file = store.files.get(pathname.slice(resultsPath.length));
    if (!file) return refusal(404, 'NoSuchKey', 'The specified key does not exist.');
    if (store.clock.now() > file.until) return refusal(400, 'ExpiredToken', 'The provided token has expired.');
    if (searchParams.get('Expires') !== expiresOf(file)) return refusal(403, 'SignatureDoesNotMatch', 'Access denied.');
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '');
    const from = range ? Number(range[1]) : 0;
    const to = range?.[2] ? Math.min(Number(range[2]) + 1, file.size) : file.size;
    if (from >= file.size) {
      const response = refusal(416, 'InvalidRange', 'The requested range cannot be satisfied.');
      response.headers.set('content-range', `bytes */${file.size}`);
      return response;
    }
    const trouble = broken.shift();
    return new Response(streamOf(file, from, to, trouble), {
      status: range ? 206 : 200,
      headers: {
        'content-type': 'application/jsonl',
        'accept-ranges': 'bytes',
        ...(trouble?.how === 'cut' ? {} : { 'content-length': String(to - from) }),
        ...(range ? { 'content-range': `bytes ${from}-${to - 1}/${file.size}` } : {}),
      },
    });
  }

  async function upload(request: Request): Promise<Response> {
    const form = await formOf(request);
    if (!form) return refusal(400, 'InvalidArgument', 'The body is no multipart form.');
    const key = textOf(form.find(([name]) => name === 'key')?.[1]);
    const record = store.uploads.get(key);
    const last = form.at(-1);
    const asked = new Map(form.slice(0, -1).map(([name, value]) => [name, textOf(value)]));
    // The file has to come last: what stands behind it is not read. Google Cloud Storage, POST object, read 2026-11-26.
    if (last?.[0] !== 'file')
      return refusal(400, 'InvalidArgument', 'POST requires exactly one file upload per request.');
    const isSigned = record?.parameters.every(({ name, value }) => asked.get(name) === value);
    if (!record || !isSigned) return refusal(403, 'AccessDenied', 'Access denied.');
    if (store.clock.now() > record.until) return refusal(400, 'ExpiredToken', 'The provided token has expired.');
    // As Google Cloud Storage refuses what is beyond the length in a signed policy; that it is one is inferred.
    if (sizeOf(last[1]) > mostBytes)
      return refusal(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed object size.');
    record.text = typeof last[1] === 'string' ? last[1] : await last[1].text();
    const body = `<?xml version='1.0' encoding='UTF-8'?><PostResponse><Location>${uploadsFor(request.url)}${key}</Location><Bucket>shopify-staged-uploads</Bucket><Key>${key}</Key></PostResponse>`;
    return new Response(body, { status: 201, headers: { 'content-type': 'application/xml' } });
  }

  return {
    seenFrom: (url) => ({
      uploadUrl: uploadsFor(url),
      urlOf(file) {
        const key = [...store.files].find(([, each]) => each === file)?.[0];
        const signature = `GoogleAccessId=assets-us-prod%40shopify-tiers.iam.gserviceaccount.com&Expires=${expiresOf(file)}&Signature=fake`;
        const disposition = `response-content-disposition=attachment%3B+filename%3D%22${file.name}%22`;
        return key === undefined || store.clock.now() > file.until
          ? null
          : `${originFor(url) ?? 'https://storage.googleapis.com'}${resultsPath}${key}?${signature}&${disposition}`;
      },
    }),
    handle: async (request) => (request.method === 'GET' ? download(request) : upload(request)),
    breakNext: (trouble) => void broken.push(trouble),
  };
}

function expiresOf({ until }: ResultFile): string {
  return String(Math.floor(until / 1000));
}

async function formOf(request: Request): Promise<readonly (readonly [string, string | File])[] | undefined> {
  try {
    return [...(await request.formData()).entries()];
  } catch {
    return undefined;
  }
}

/** The bytes of a file from here to there, piece by piece, as they are asked for. */
function streamOf(
  { pieces }: ResultFile,
  from: number,
  to: number,
  broken: BrokenDownload | undefined,
): ReadableStream<Uint8Array> {
  let index = 0;
  let at = 0;
  const end = broken ? Math.min(to, from + broken.afterBytes) : to;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      for (;;) {
        const piece = pieces[index];
        if (!piece || at >= end) {
          if (broken?.how === 'reset') controller.error(new TypeError('terminated'));
          else controller.close();
          return;
        }
        index++;
        const start = Math.max(0, from - at);
        const part = piece.subarray(start, Math.min(piece.length, end - at));
        at += piece.length;
        if (part.length === 0) continue;
        controller.enqueue(part);
        return;
      }
    },
  });
}

function refusal(status: number, code: string, message: string): Response {
  return new Response(
    `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
    {
      status,
      headers: { 'content-type': 'application/xml; charset=UTF-8' },
    },
  );
}

function sizeOf(value: string | File): number {
  return typeof value === 'string' ? new TextEncoder().encode(value).length : value.size;
}

function textOf(value: string | File | undefined): string {
  return typeof value === 'string' ? value : '';
}

import { toCsv } from './csv.ts';
import { linesToShip, type ClaimedRelease } from './export-claim.ts';

/** `csv` for people and spreadsheets, `json` for programs. */
export type ExportFormat = 'csv' | 'json';

/** A file to hand over. It holds addresses: keep it as you keep those. */
export interface ExportFile {
  readonly name: string;
  readonly contentType: string;
  readonly body: string;
}

/** The columns of the file, in order. The last three are for the warehouse to fill in: `delayedConfirmation` reads them. */
const exportColumns = [
  'claim',
  'reference',
  'number',
  'line',
  'sku',
  'title',
  'quantity',
  'service',
  'name',
  'company',
  'address_1',
  'address_2',
  'address_3',
  'address_4',
  'city',
  'region',
  'postal_code',
  'country',
  'phone',
  'email',
  'note',
  'carrier',
  'tracking_number',
  'shipped_at',
] as const;

/** The orders of one claim as a file: one row a line, or one JSON object that holds the drafts. Without what is not to be shipped. */
export function exportFile({
  claim,
  releases,
  format,
}: {
  readonly claim: string;
  readonly releases: readonly ClaimedRelease[];
  readonly format: ExportFormat;
}): ExportFile {
  const name = `release-${claim}.${format}`;
  if (format === 'json') {
    const orders = releases.map(({ reference, draft }) => ({
      reference,
      ...draft,
      lines: linesToShip(draft),
      shipments: [],
    }));
    return { name, contentType: 'application/json', body: `${JSON.stringify({ claim, orders }, undefined, 2)}\n` };
  }
  const rows = releases.flatMap((release) => linesToShip(release.draft).map((line) => rowOf(claim, release, line)));
  return { name, contentType: 'text/csv; charset=utf-8; header=present', body: toCsv([exportColumns, ...rows]) };
}

function rowOf(
  claim: string,
  { reference, draft }: ClaimedRelease,
  line: ClaimedRelease['draft']['lines'][number],
): readonly string[] {
  const { shipTo, number, service, note = '' } = draft;
  const cells: Readonly<Record<(typeof exportColumns)[number], string>> = {
    claim,
    reference,
    number,
    line: line.id,
    sku: line.sku,
    title: line.title,
    quantity: String(line.quantity),
    service,
    name: shipTo.name ?? '',
    company: shipTo.company ?? '',
    address_1: shipTo.lines[0] ?? '',
    address_2: shipTo.lines[1] ?? '',
    address_3: shipTo.lines[2] ?? '',
    address_4: shipTo.lines[3] ?? '',
    city: shipTo.city ?? '',
    region: shipTo.subdivision ?? '',
    postal_code: shipTo.postalCode ?? '',
    country: shipTo.countryCode,
    phone: shipTo.phone ?? '',
    email: shipTo.email ?? '',
    note,
    carrier: '',
    tracking_number: '',
    shipped_at: '',
  };
  return exportColumns.map((column) => cells[column]);
}

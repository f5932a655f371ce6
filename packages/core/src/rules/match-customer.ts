import type { Customer, Party } from '../model/party.ts';

/** A field by which a customer was recognized. */
export type CustomerEvidence = 'account-number' | 'email';

/** `evidence` names the fields that agree, the strongest first. Whoever is ambiguous waits for a person. */
export type CustomerMatch =
  | { readonly kind: 'match'; readonly customer: Customer; readonly evidence: readonly CustomerEvidence[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly Customer[] };

/**
 * Finds the buyer among customers of the other system. The account number goes before the e-mail address; both are
 * compared without case and surrounding blanks. Where they point to different customers, or to several, or the
 * customer found has another account number, nobody is chosen.
 */
export function matchCustomer(buyer: Party, candidates: readonly Customer[]): CustomerMatch {
  const account = comparable(buyer.accountNumber);
  const email = comparable(buyer.email);
  const known = onceEach(candidates);
  const byAccount = account === undefined ? [] : known.filter((one) => comparable(one.accountNumber) === account);
  const byEmail = email === undefined ? [] : known.filter((one) => comparable(one.email) === email);
  const byBoth = byAccount.filter((one) => byEmail.includes(one));

  const [both] = byBoth;
  if (both !== undefined) {
    return byBoth.length === 1 ? match(both, ['account-number', 'email']) : ambiguous(byBoth);
  }
  const [first, second] = [...byAccount, ...byEmail];
  if (first === undefined) return { kind: 'none' };
  if (second !== undefined) return ambiguous([...byAccount, ...byEmail]);
  if (byAccount.length === 1) return match(first, ['account-number']);
  // The address is theirs, but they have another number than the buyer says: one of the two is wrong.
  const contradicts = account !== undefined && comparable(first.accountNumber) !== undefined;
  return contradicts ? ambiguous([first]) : match(first, ['email']);
}

function match(customer: Customer, evidence: readonly CustomerEvidence[]): CustomerMatch {
  return { kind: 'match', customer, evidence };
}

function ambiguous(candidates: readonly Customer[]): CustomerMatch {
  return { kind: 'ambiguous', candidates };
}

/** A search by number and one by address may both have found the same customer. */
function onceEach(candidates: readonly Customer[]): readonly Customer[] {
  const known = new Map<string, Customer>();
  for (const candidate of candidates) {
    const key = `${candidate.ref.system}/${candidate.ref.id}`;
    if (!known.has(key)) known.set(key, candidate);
  }
  return [...known.values()];
}

function comparable(text: string | undefined): string | undefined {
  const trimmed = text?.trim().toLowerCase();
  return trimmed === '' ? undefined : trimmed;
}

/** How a fact got here: `recorded` on our own servers, `documented` by the maker, `assumed` where neither says. */
export type OdooEvidence = 'recorded' | 'documented' | 'assumed';

/** One thing that the fake does as Odoo does, and how we know. */
export interface OdooFact {
  readonly says: string;
  readonly evidence: OdooEvidence;
  /** What was looked at, and when. */
  readonly source: string;
}

const recorded = (says: string, versions = '19.0'): OdooFact => ({
  says,
  evidence: 'recorded',
  source: `recorded on Odoo Community ${versions}, 2026-11-23`,
});
const live = (says: string): OdooFact => ({
  says,
  evidence: 'recorded',
  source: 'recorded on Odoo Community 19.0, 2026-11-26',
});
const assumed = (says: string): OdooFact => ({ says, evidence: 'assumed', source: 'our assumption' });
const all = '17.0, 18.0 and 19.0';

/** What this fake believes about Odoo, and why. */
export const odooFacts = {
  json2: recorded('JSON-2 is there from 19 on; before, the path is a 404 page.', all),
  database: recorded('A wrong or missing X-Odoo-Database is an HTML page with 404 when there are several databases.'),
  errors: recorded('JSON-2 errors carry the Python class as name, and a traceback in debug.'),
  rpcStatus: recorded('JSON-RPC answers 200 to everything; None has no result key.'),
  createShape: recorded('Creating one record answers [8] by JSON-2 and 12 by JSON-RPC.'),
  textIds: recorded('Ids given as texts, and ids that are not there, are read as nothing, without an error.'),
  datetimes: recorded('Datetimes are written as YYYY-MM-DD HH:MM:SS only; T, Z and offsets are a 500.', all),
  secondsCompared: recorded('From 19 on moments are compared by whole seconds; before, by hidden microseconds.', all),
  writeDate: recorded(
    'write_date is the start of the transaction, so a slow one commits behind a poll that passed it.',
  ),
  references: recorded('client_order_ref, origin, ref and default_code are not unique. barcode is.'),
  imports: recorded(
    'load() with external ids makes one record of parallel calls; conflicts come as messages in a 200.',
  ),
  emptyCells: recorded('An empty cell of an import is an empty value: no default taxes.'),
  importAgain: recorded('A second load() rewrites quantities and prices, also of a confirmed order.'),
  externalIds: recorded('ir.model.data is closed to an integration; check_object_reference is not.'),
  confirm: recorded(
    'action_confirm overwrites date_order, makes a transfer and reserves; a second time is an error.',
    all,
  ),
  cancelWindow: recorded('Before 19 cancelling a confirmed order opens a window and cancels nothing.', all),
  cancelShipped: recorded('From 19 on an order is cancelled even when it is shipped or invoiced; those stay.'),
  discounts: recorded('A percentage price list puts its discount on every line that does not say its own.'),
  rounding: recorded(
    'Taxes are rounded once for the order, so they differ from the sum of the lines; price_tax has float noise.',
  ),
  heldTaxes: recorded(
    'An order whose prices hold their taxes makes their sum to the cent, whatever the taxes and the way of rounding; the total of one of its lines may be a cent beside its price.',
  ),
  manualTax: recorded('extra_tax_data with matching price, discount, quantity and currency replaces computed taxes.'),
  backorderWindow: recorded(
    'Validating less than asked opens a window and moves nothing, unless skip_backorder is set.',
    all,
  ),
  smsWindow: recorded(
    'The first delivery asks about SMS, after the question about a backorder, unless skip_sms is set.',
  ),
  smsWithoutPhone: assumed('The question about SMS comes also when the contact has no telephone number.'),
  pickedStays: recorded('A validation that ends in a window has marked everything as picked all the same.'),
  pickedOnly: recorded('When anything is picked, only that ships; otherwise everything that is reserved.'),
  overShipping: recorded('More than was asked and more than there is ships without a word; stock goes below zero.'),
  doneQuantity: recorded('Writing quantity on a move that is done moves stock.'),
  validateDone: recorded('Validating what is done is true from 18 on and an error on 17.', '17.0, 18.0 and 19.0'),
  emptyTransfer18: assumed('18 refuses an empty transfer in the words of 19; only 17 and 19 were heard.'),
  zeroQuants: recorded('A quant at zero is deleted some time later.'),
  zeroQuantDelay: assumed('That time is one minute of the clock here, or when the inventory is opened.'),
  contextKey: recorded('17 reads context.warehouse, later releases warehouse_id; the other one is ignored.', all),
  lstPrice: recorded('Writing lst_price on one variant changes the template and all its variants.'),
  returns: recorded('Returns propose everything on 17 and nothing later; the method lost its old name in 18.', all),
  draftNumbers: recorded('A draft invoice has a number on 17 and none later.', all),
  webhooks: recorded(
    'Rules post after the commit, one for each change with what was true then, unsigned, with no second try.',
  ),
  webhookRepeats: recorded(
    'A transaction posts the last state of a record several times alike, or once where a rule asks for what it was before.',
  ),
  webhookRules: live('Automation rules and their actions are for administrators alone, even to read.'),
  webhookTriggers: assumed(
    'Only rules on creation and on update act here; the other triggers are taken and never fire.',
  ),
  items: live('An invoice has an item for each tax and one for what is due; invoice_line_ids shows neither.'),
  paidInParts: live('A payment is in process until every invoice it was matched with is paid; then it is paid.'),
  overpaid: live('More than is due is booked without a word; the rest stays open for the customer.'),
  latestFirst: live('One payment for several invoices settles the latest one first.'),
  draftPaid: live('A draft invoice can be paid, and stays paid when it is posted or made a draft again.'),
  draftPaid18: assumed('18 takes a payment for a draft as 19 does, and takes settlements back when a draft is made.'),
  reversal: live('Posting a credit note settles the invoice that it reverses, if that is still open.'),
  reversed: live('An invoice that only credit notes settled is reversed, not paid.'),
  closedBooks: live(
    'What is dated into closed books is not refused but booked on an open day, a credit note on the first.',
  ),
  closedBack: live('What is booked in closed books cannot be made a draft again.'),
  closedPosting: assumed(
    'When the books of today are closed too, posting is refused in the words of the global lock date.',
  ),
  closedToday: live('When the books of today are closed, an order for goods cannot even be confirmed.'),
  inactiveCurrency: live('An order in an inactive currency is made and confirmed; its invoice cannot be posted.'),
  pickingName: live('The name of a transfer is unique in a company; a return takes it from default_name of the call.'),
  reservation: live('An operation type reserves at confirmation, by hand, or some days before the date.'),
  units: live('Two packs of six are sold as two, moved as twelve; one piece of them counts as 0.17 delivered.'),
  categories: live('The name of a category is its path, and follows when a parent is renamed.'),
  quantityReprices: live(
    'A new quantity brings price and discount of the list back to a line, over those it was made with; a price written later stays.',
  ),
  reprices18: assumed('17 and 18 bring prices back as 19 does.'),
  notes: live('Words in a note become a paragraph, also of what a client wrote; only like finds them by the words.'),
  ruleMargins: live('A least margin above the most is refused, also when the most is not given and so zero.'),
  ruleDates: live('A rule of a price list begins and ends at a moment, not on a day.'),
  purchaseCancel: live('A purchase is cancelled even when goods were received; only a locked one refuses.'),
  purchaseCancel18: assumed('17 and 18 refuse to cancel a purchase with goods received.'),
  rights: live('has_access answers for the groups of the caller; check_access is private.'),
  kits: live('A kit is sold as one and moved as its components; with mrp alone, and as often as the scarcest allows.'),
  kitsDelivered: live('Whole kits count as delivered: the component that is shortest decides, also of what came back.'),
  kitsChanged: live('A change of an ordered kit goes to the first move of each component; then kits are miscounted.'),
  kitBills: live('Who sells may read bills of material; counting them takes a right of manufacturing.'),
  kitCycles: assumed(
    'A line that makes a kit need itself is refused also when it is made alone; the server hangs on it.',
  ),
  expiryWindow: live(
    'Lots that are expired or due for removal are asked about before they move, unless skip_expired is set.',
  ),
  expiryStock: live(
    'Goods past their removal date are on hand but neither free nor reserved; their quant says 0 available.',
  ),
  expiryDates: live('Removal, alert and best before follow from the expiration once and stay when it is changed.'),
  contactFamily: live('A contact shares address and VAT number with its company: writing one moves the other.'),
  contactUsed: live('A contact of an order cannot be deleted; one of a user is a RedirectWarning with 500.'),
  vatNumbers: live(
    'base_vat refuses a number that its country does not write so; without a country nothing is checked.',
  ),
  vatDigits: assumed('The fake checks the form of numbers of five countries, no check digits.'),
  lockedLines: live('Lines of a locked order refuse price, quantity, text, discount and taxes; new lines are let in.'),
  confirmedOrder: live('A confirmed order takes no other product in a line and no price list.'),
  nameless: live('One order with a line without a product keeps all orders of the call from being confirmed.'),
  nameless17: assumed('17 and 18 say it in other words.'),
  packages: live('Names of packages are not unique; load() with an external id makes each once.'),
  companies: live('Records of a company that the call does not act for are left out of searches and refused by id.'),
  companiesNamed: live('Naming a company that is not the caller’s is a 403; naming none means all of the caller’s.'),
  companiesMixed: live('An order of one company takes no warehouse, product or customer of another.'),
  companyHidden: live('An external id of a record of another company resolves to false instead of an id.'),
  companyPrices: live('An order of a company without a price list of its own has none.'),
  companyDocuments: assumed('Taxes, journals and closed books of further companies are those of the first.'),
  languages: live('A language that is not installed is a 422; what has no translation shows in English.'),
} as const satisfies Readonly<Record<string, OdooFact>>;

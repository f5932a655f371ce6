/** A recorded session, as it came off the server. */
interface Session {
  readonly name: string;
  readonly exchanges: number;
  /** The samples that were made of it, by file. */
  readonly samples: readonly string[];
  /** What is not replayed, by the number of the exchange, and why. */
  readonly left?: Readonly<Record<string, string>>;
}

const settings = 'Switches on what the fake has switched on, and gives a user rights, in the settings of the server.';
const code = 'Runs Python that was written into the server.';
const rules = 'Makes a rule that others may post to, which the fake has not.';
const browser = 'Logs in as a browser does, which no connector should.';
const xml = 'Speaks XML-RPC, which the fake does not: JSON-RPC does the same on every release.';
const keys = 'Asks about keys as their owner, on a form.';
const docs = 'The pages of documentation of a server that has the module for it.';
const number = 'Asks for the number that the server gave a model, to write code with it.';

/** All that was recorded on Odoo 19.0 on 2026-11-23. */
export const sessions: readonly Session[] = [
  { name: 'action', exchanges: 10, samples: [], left: { '0': number, '1-9': code } },
  { name: 'cancel', exchanges: 59, samples: ['cancel'] },
  { name: 'catalog', exchanges: 30, samples: ['catalog'] },
  { name: 'delta', exchanges: 25, samples: ['delta'], left: { '13': number, '14': code, '19': number, '20': code } },
  { name: 'extid', exchanges: 13, samples: ['extid'] },
  {
    name: 'hookin',
    exchanges: 11,
    samples: ['hookin'],
    left: {
      '0': number,
      '1-3': rules,
      '4-8': 'Posts to a rule that runs Python that was written into the server.',
      '10': rules,
    },
  },
  { name: 'invoice', exchanges: 35, samples: ['invoice'] },
  { name: 'load', exchanges: 21, samples: ['load'] },
  { name: 'lots', exchanges: 30, samples: ['lots'] },
  {
    name: 'misc',
    exchanges: 43,
    samples: ['values'],
    left: { '2': xml, '4': number, '5': code, '24-27': keys, '28-30': docs },
  },
  { name: 'misc2', exchanges: 30, samples: ['variants'] },
  { name: 'order', exchanges: 14, samples: ['order'] },
  { name: 'picked', exchanges: 25, samples: ['picked'] },
  { name: 'quant0', exchanges: 18, samples: ['quant0'] },
  { name: 'ship', exchanges: 113, samples: ['ship'] },
  { name: 'stock', exchanges: 22, samples: ['stock'] },
  { name: 'tax', exchanges: 23, samples: ['tax'] },
  { name: 'webhook', exchanges: 23, samples: ['webhook'] },
  { name: 'master', exchanges: 39, samples: ['master'], left: { '0-3': settings, '24-27': settings } },
  {
    name: 'serial',
    exchanges: 29,
    samples: ['serial'],
    left: { '0': number, '2-13': code, '15': code, '17': code, '19': code, '22': code, '24-27': code },
  },
  { name: 'webhooks', exchanges: 22, samples: ['posts'] },
  { name: 'wire', exchanges: 45, samples: ['wire'] },
  { name: 'wire_legacy', exchanges: 37, samples: ['wire-legacy'], left: { '18-22': browser, '23-36': xml } },
];

/** The numbers of `3`, `4-8` and the like. */
export function numbersOf(left: Session['left'] = {}): readonly number[] {
  return Object.keys(left).flatMap((range) => {
    const [from = '', to = from] = range.split('-');
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, step) => Number(from) + step);
  });
}

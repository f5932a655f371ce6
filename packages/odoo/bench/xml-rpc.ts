// As much of XML-RPC as odoo-await speaks, so that a server of JSON-RPC alone can be measured with it.

/** The values of a call and its method's name. */
export function readCall(xml: string): { readonly method: string; readonly params: readonly unknown[] } {
  const method = /<methodName>([^<]*)<\/methodName>/.exec(xml)?.[1] ?? '';
  const tokens: readonly string[] = xml.match(/<[^>]+>|[^<]+/g) ?? [];
  const params: unknown[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at] !== '<param>') continue;
    const [value] = valueAt(tokens, tokens.indexOf('<value>', at));
    params.push(value);
  }
  return { method, params };
}

/** An answer with this value. */
export function answerOf(value: unknown): string {
  return `<?xml version="1.0"?><methodResponse><params><param>${written(value)}</param></params></methodResponse>`;
}

/** A refusal. */
export function faultOf(message: string): string {
  const fault = written({ faultCode: 2, faultString: message });
  return `<?xml version="1.0"?><methodResponse><fault>${fault}</fault></methodResponse>`;
}

/** The value that begins at a "<value>", and where the next token is. */
function valueAt(tokens: readonly string[], start: number): readonly [unknown, number] {
  const tag = tokens[start + 1] ?? '';
  if (tag === '<array>') {
    const items: unknown[] = [];
    let at = start + 3;
    while (tokens[at] === '<value>') {
      const [item, next] = valueAt(tokens, at);
      items.push(item);
      at = next;
    }
    return [items, tokens.indexOf('</value>', at) + 1];
  }
  if (tag === '<array/>' || tag === '<struct/>') return [tag === '<array/>' ? [] : {}, start + 3];
  if (tag === '<struct>') {
    const entries: [string, unknown][] = [];
    let at = start + 2;
    while (tokens[at] === '<member>') {
      const name = plain(tokens[at + 2] ?? '');
      const [value, next] = valueAt(tokens, at + 4);
      entries.push([name, value]);
      at = next + 1;
    }
    return [Object.fromEntries(entries), tokens.indexOf('</value>', at) + 1];
  }
  if (tag.endsWith('/>')) return ['', start + 3];
  const text = tokens[start + 2]?.startsWith('<') ? '' : plain(tokens[start + 2] ?? '');
  const end = tokens.indexOf('</value>', start) + 1;
  if (tag === '<int>' || tag === '<i4>' || tag === '<double>') return [Number(text), end];
  if (tag === '<boolean>') return [text === '1', end];
  return [text, end];
}

function written(value: unknown): string {
  if (typeof value === 'number')
    return Number.isInteger(value) ? `<value><int>${value}</int></value>` : `<value><double>${value}</double></value>`;
  if (typeof value === 'boolean') return `<value><boolean>${value ? 1 : 0}</boolean></value>`;
  if (Array.isArray(value)) return `<value><array><data>${value.map(written).join('')}</data></array></value>`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(
      ([name, member]) => `<member><name>${escaped(name)}</name>${written(member)}</member>`,
    );
    return `<value><struct>${members.join('')}</struct></value>`;
  }
  return `<value><string>${escaped(typeof value === 'string' ? value : '')}</string></value>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function plain(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/**
 * Quotes a platform's sentence in an error: its first lines, short, without secrets and without e-mail addresses and
 * telephone numbers. Odoo's sentences name products and fields, which a person needs, and now and then a customer.
 */
export function platformWords(secrets: readonly string[]): (text: string) => string {
  const hidden = secrets.filter((secret) => secret.length > 3);
  return (text) => {
    let words = text;
    for (const secret of hidden) words = words.replaceAll(secret, '…');
    words = words
      .replaceAll(/[^\s"'<>()]+@[^\s"'<>()]+/g, '…')
      .replaceAll(/\+?\d[\d ()/-]{7,}\d/g, '…')
      .replaceAll(/https?:\/\/\S+/g, '…')
      // What a person typed stands in quotes after "name": it may be anybody's.
      .replaceAll(/for name '[^']*'/g, "for name '…'")
      .replaceAll(/\s+/g, ' ')
      .trim();
    return words.length > longest ? `${words.slice(0, longest)}…` : words;
  };
}

const longest = 240;

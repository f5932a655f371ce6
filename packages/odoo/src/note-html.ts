/** A person's words in a note, which is HTML. */
export function asHtml(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A note of several lines as a paragraph. */
export function asParagraph(note: string): string {
  return `<p>${asHtml(note).replaceAll('\n', '<br>')}</p>`;
}

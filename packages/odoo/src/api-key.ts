/** How Odoo writes an API key: twenty random bytes. Source of Odoo 17.0 to 19.0, read 2026-11-26. */
const shape = /^[0-9a-f]{40}$/;

/** What to do about credentials that Odoo did not take. A password in the place of a key is the likeliest mistake. */
export function keyAdvice(apiKey: string): string {
  const check = 'Check database and login;';
  return shape.test(apiKey)
    ? `${check} the API key may be revoked or past its lifetime, or its user archived: make a new one in Odoo.`
    : `${check} what was passed as apiKey is no key as Odoo makes them, 40 digits and letters from a to f: is it a password? Make an API key in the user's preferences and pass that.`;
}

/** One GraphQL operation. Page sizes are literals in it, so that its cost never depends on the variables. */
export interface GraphQLDocument {
  /** The operation's name in the text; sent along, so that Shopify's logs and a journal can speak of it. */
  readonly name: string;
  readonly text: string;
}

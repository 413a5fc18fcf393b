/** Text for a column that is not JSON: PostgreSQL stores no NUL, so its place is taken by the replacement character on both engines. */
export function plainText(text: string): string {
  return text.replaceAll('\u0000', '\ufffd');
}

import type { CommentSnapshot } from '../facts.ts';

/**
 * What tells a comment or issue of ours from any other: an invisible line at its top. It counts only where GitHub says that this App
 * is the author; anybody can paste the text.
 */
export function markerOf(slot: string): string {
  return `<!-- sig-runtime:${slot} -->`;
}

/** Slots are ours, but a marker must stay one HTML comment whatever a slot is made from. */
export function isSlot(slot: string): boolean {
  return /^[A-Za-z0-9/_.:]+(?:-[A-Za-z0-9/_.:]+)*$/.test(slot);
}

export function withMarker(slot: string, body: string): string {
  return `${markerOf(slot)}\n${body}`;
}

export function withoutMarker(slot: string, body: string): string {
  const marker = markerOf(slot);
  if (!body.startsWith(marker)) return body;
  const rest = body.slice(marker.length);
  return rest.startsWith('\r\n') ? rest.slice(2) : rest.startsWith('\n') ? rest.slice(1) : rest;
}

/** Our comment in this slot: the oldest, should there be two. */
export function findComment(comments: readonly CommentSnapshot[], slot: string): CommentSnapshot | undefined {
  const marker = markerOf(slot);
  return comments.filter((comment) => comment.ours && comment.body.startsWith(marker)).sort((a, b) => a.id - b.id)[0];
}

/** Whether GitHub shows the same for both: it stores CRLF as sent and drops white space at the end. */
export function sameText(a: string, b: string): boolean {
  return a.replaceAll('\r\n', '\n').trimEnd() === b.replaceAll('\r\n', '\n').trimEnd();
}

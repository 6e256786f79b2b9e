/** The hidden first line by which the comment of a stack is found again. */
export function markerOf(project: string, stack: string): string {
  return `<!-- gatehouse:${escaped(project)}/${escaped(stack)} -->`;
}

/** True for a comment of this stack: one that quotes the marker further down is not. */
export function isMarked(body: string, marker: string): boolean {
  return body.startsWith(marker);
}

/** No name ends the marker's comment early (two hyphens), and no two names share a marker. */
function escaped(name: string): string {
  return encodeURIComponent(name.replaceAll(/\p{Cs}/gu, "\uFFFD")).replaceAll("--", "-%2D");
}

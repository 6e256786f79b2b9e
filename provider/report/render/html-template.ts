/** HTML that is safe to put into HTML. Only `html` makes it. */
export class Html {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

type Content = string | number | Html | undefined | readonly Content[];

/** A template of HTML: what is put in is text and escaped, unless it is HTML already. Lists are joined; nothing is nothing. */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(strings.reduce((whole, part, index) => whole + sourceOf(contents[index - 1]) + part));
}

function sourceOf(content: Content): string {
  if (content === undefined) return "";
  if (content instanceof Html) return content.source;
  if (typeof content === "object") return content.map(sourceOf).join("");
  return String(content).replaceAll(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

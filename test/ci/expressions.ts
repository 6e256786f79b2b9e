/** What GitHub's expressions may name. */
export type Contexts = Readonly<Record<string, unknown>>;

const EXPRESSION = /\$\{\{\s*(.*?)\s*\}\}/g;

/** A text with its expressions filled in. Only paths are known: whatever else a workflow uses must be added here. */
export function filledIn(text: string, contexts: Contexts): string {
  return text.replaceAll(EXPRESSION, (_, path: string) => String(valueAt(path, contexts) ?? ""));
}

/** Whether a job runs: `path == path`. */
export function isTrue(condition: string, contexts: Contexts): boolean {
  const [, left = "", right = ""] = /^(\S+) == (\S+)$/.exec(condition) ?? [];
  return valueAt(left, contexts) === valueAt(right, contexts);
}

/** GitHub gives nothing for a secret, a variable or an output that is not there; a wrong context is a mistake of the workflow. */
function valueAt(path: string, contexts: Contexts): unknown {
  const [context = "", ...rest] = path.split(".");
  if (!/^[\w.-]+$/.test(path) || !(context in contexts)) throw new Error(`unknown expression: ${path}`);
  return rest.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], contexts[context]);
}

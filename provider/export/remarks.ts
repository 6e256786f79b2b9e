import { quoted } from "./comment.js";
import type { Exported } from "./exported.js";
import type { LeftOut } from "./left-out.js";
import type { Remarks } from "./stack-files.js";

/** A kind of which nothing was read, though the system has it. */
export interface UnreadKind {
  readonly kind: string;
  readonly why: string;
}

/** What files say in words at their end: what is there and not declared in them, each with the reason. */
export function remarksOn({ objects, leftOut }: Exported, unread: readonly UnreadKind[]): Remarks {
  const projects = new Map(objects.map(({ remote, entry }) => [remote.id, entry.path]));
  const told = leftOut.filter(isTold);
  const of = (project: string | undefined) => told.filter(({ owner }) => projects.get(owner ?? "")?.at(-1) === project);
  return (project) => {
    const own = of(project).map((one) => `- ${leftOutText(one, quoted)}`);
    const rest = project === undefined ? [...unread.map(unreadText), ...unseenText(objects)] : [];
    return own.length + rest.length === 0 ? [] : ["Not declared here, and why:", ...own, ...rest];
  };
}

/** What is built in, and cannot be declared for that very reason, nobody misses. */
export function isTold({ remote }: LeftOut): boolean {
  return !remote.builtIn;
}

/** `shown`: how a name is written that may hold anything. */
export function leftOutText({ kind, name, remote, why }: LeftOut, shown: (name: string) => string): string {
  return `${kind.name} ${shown(name)}${name === remote.id ? "" : ` (${shown(remote.id)})`} ${why}.`;
}

function unreadText({ kind, why }: UnreadKind): string {
  return `- ${kind}: ${why}.`;
}

/** Secrets that may be there, by the kinds that have them: what cannot be seen is left as it is. */
function unseenText(objects: Exported["objects"]): readonly string[] {
  const byKind = Map.groupBy(
    objects.filter(({ entry }) => entry.unseen.length > 0),
    ({ kind }) => kind.name,
  );
  return [...byKind].map(([kind, ones]) => {
    const names = [...new Set(ones.flatMap(({ entry }) => entry.unseen))];
    return `- ${kind}: whether one has ${names.join(", ")} is not shown, so that it stays as it is. To send one, write { env: GATEHOUSE_…, version: 1 } there.`;
  });
}

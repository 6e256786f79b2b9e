import { readFileSync, statSync } from "node:fs";
import { isAbsolute } from "node:path";
import { objectSchema, oneOf } from "../../schema/field.js";
import type { Environment } from "../http/settings.js";
import { isMapping, type Located, nearestAt, problemAt, problemAtKey, textOf } from "../stackfile/located.js";
import type { Problem } from "../stackfile/model.js";
import { didYouMean } from "../stackfile/nearest.js";
import { parse } from "../stackfile/parse.js";
import { fileValidator } from "../stackfile/schema-problems.js";
import { renderProblem } from "../stackfile/stack-problems.js";
import type { SinkSetUp } from "./guarded-sink.js";
import type { SinkType } from "./sink.js";

/** Names that `deliverTo` admits. */
const SINK_NAME = /^[a-z][a-z0-9-]{0,62}$/;

/** A sink as the file has it: ready to be opened, or with everything that is wrong with it. */
type Entry = { readonly setUp: SinkSetUp } | { readonly problems: readonly string[] };

/** What the operator has set up; without `sinks` where the file as a whole cannot be used. */
type Operated = { readonly sinks: ReadonlyMap<string, Entry> } | { readonly sinks?: never; readonly problems: readonly string[] };

/** Reads the file that GATEHOUSE_SINKS names. It holds no secret, so that everybody may read it. */
export function readSinks(types: readonly SinkType[], environment: Environment): Operated {
  const file = environment.GATEHOUSE_SINKS;
  if (!file) return { problems: ["no sink is set up: GATEHOUSE_SINKS, which names the operator's file of sinks, is not set"] };
  const problem = fileProblem(file);
  if (problem !== undefined) return { problems: [`GATEHOUSE_SINKS names ${file}, which ${problem}`] };
  const parsed = parse(readFileSync(file, "utf8"), file, {
    noun: "a file of sinks",
    beginning: "write a sink, such as `name: { type: … }`",
  });
  if (parsed.root === undefined) return { problems: parsed.problems.map(renderProblem) };
  if (!isMapping(parsed.root)) return { problems: [renderProblem(problemAt(parsed.root, "must be a mapping of names to sinks"))] };
  return { sinks: new Map([...parsed.root.children].map(([name, node]) => [name, entryOf(name, node, types)])) };
}

/** Whoever may write the file says where secrets go. */
function fileProblem(file: string): string | undefined {
  if (!isAbsolute(file)) return "is no absolute path: commands and the engine run in different folders";
  try {
    const { mode } = statSync(file);
    return mode & 0o002 ? "everybody on this machine may write, and so send keys elsewhere: run chmod o-w on it" : void readFileSync(file);
  } catch (error) {
    return `cannot be read (${(error as NodeJS.ErrnoException).code})`;
  }
}

function entryOf(name: string, node: Located, types: readonly SinkType[]): Entry {
  const type = types.find((one) => one.type === textOf(node.children.get("type")));
  const named = SINK_NAME.test(name) ? [] : [problemAtKey(node, "must be named in small letters, digits and hyphens: `vault-prod`")];
  const own = type === undefined ? typeProblems(node, types) : settingProblems(node, type);
  const problems = [...named, ...own];
  if (type === undefined || problems.length > 0) return { problems: problems.map(renderProblem) };
  const { type: _type, ...settings } = node.value as Readonly<Record<string, unknown>>;
  return { setUp: { name, type, settings } };
}

function typeProblems(node: Located, types: readonly SinkType[]): readonly Problem[] {
  const known = types.map(({ type }) => type);
  const written = node.children.get("type");
  if (!isMapping(node)) return [problemAt(node, "must be a mapping that begins with `type:`")];
  const what = `must be one of ${known.join(", ")}`;
  if (written === undefined) return [{ ...problemAtKey(node, `is missing: ${what}`), path: [...node.path, "type"].join(".") }];
  return [problemAt(written, `${what}${didYouMean(textOf(written) ?? "", known)}`)];
}

function settingProblems(node: Located, type: SinkType): readonly Problem[] {
  const wrong = fileValidator(objectSchema({ type: oneOf([type.type]), ...type.settings }))(node);
  if (wrong.length > 0) return wrong;
  const between = type.rules?.(node.value as Readonly<Record<string, unknown>>) ?? [];
  return between.map(({ property, reason }) => ({
    position: nearestAt(node, property.split(".")).keyPosition,
    path: [...node.path, property].join("."),
    message: reason,
  }));
}

import { InvalidInput } from "../errors.js";
import type { Environment } from "../http/settings.js";
import { didYouMean } from "../stackfile/nearest.js";
import { openGuarded, type SinkSetUp } from "./guarded-sink.js";
import { readSinks } from "./operator-file.js";
import { moduleProblem } from "./optional-module.js";
import type { KeyPlace, Sink, SinkType } from "./sink.js";
import { fillProblems, isTemplate } from "./template.js";
import { awsSecretsManager } from "./types/aws-secrets-manager.js";
import { azureKeyVault } from "./types/azure-key-vault.js";
import { file } from "./types/file.js";
import { githubActions } from "./types/github-actions.js";
import { googleSecretManager } from "./types/google-secret-manager.js";
import { kubernetes } from "./types/kubernetes.js";
import { vault } from "./types/vault.js";

/** Every type of sink, one for each file in `types/`. */
export const SINK_TYPES: readonly SinkType[] = [
  file,
  vault,
  awsSecretsManager,
  googleSecretManager,
  azureKeyVault,
  kubernetes,
  githubActions,
];

/** Names of the sinks that the operator has set up, usable or not. None when the file cannot be read. */
export function sinkNames(environment: Environment): readonly string[] {
  return [...(readSinks(SINK_TYPES, environment).sinks?.keys() ?? [])];
}

/** Why no key can be delivered to the sink of this name, with everything that is wrong; undefined when one can. Makes no request. */
export function sinkProblem(name: string, environment: Environment): string | undefined {
  const found = setUpOf(name, environment);
  return "problems" in found ? found.problems.join("\n") : undefined;
}

/** Why this key has no place in the sink, whose settings are right: its name, or its project's, cannot stand there. Makes no request. */
export function placeProblem(name: string, place: KeyPlace, environment: Environment): string | undefined {
  const found = setUpOf(name, environment);
  if ("problems" in found) return undefined;
  const { type, settings } = found;
  const problems = Object.entries(type.settings).flatMap(([setting, field]) => {
    const text = settings[setting] ?? field.schema.default;
    return isTemplate(field) && typeof text === "string" ? fillProblems(text, field.names, place) : [];
  });
  return problems.length === 0 ? undefined : problems.join("; ");
}

/** Opens a sink of the operator's. Makes no request. Throws InvalidInput where it cannot be used. */
export async function openSink(name: string, environment: Environment): Promise<Sink> {
  const found = setUpOf(name, environment);
  if ("problems" in found) throw new InvalidInput({ subject: `sink "${name}"`, what: found.problems.join("\n") });
  return openGuarded(found, environment);
}

/** A sink that can be opened, or everything that stands in the way. */
type Found = SinkSetUp | { readonly problems: readonly string[] };

function setUpOf(name: string, environment: Environment): Found {
  const operated = readSinks(SINK_TYPES, environment);
  if (operated.sinks === undefined) return operated;
  const entry = operated.sinks.get(name);
  if (entry !== undefined) return "setUp" in entry ? loadable(entry.setUp) : entry;
  const names = [...operated.sinks.keys()];
  const known = names.length === 0 ? "" : `: there are ${names.join(", ")}`;
  return { problems: [`${environment.GATEHOUSE_SINKS} sets up no sink \`${name}\`${didYouMean(name, names, known)}`] };
}

function loadable(setUp: SinkSetUp): Found {
  const { name, type } = setUp;
  const problem = moduleProblem(type.modules ?? []);
  return problem === undefined ? setUp : { problems: [`sink \`${name}\` (${type.title}) ${problem}`] };
}

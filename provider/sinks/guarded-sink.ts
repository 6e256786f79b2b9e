import { type ErrorParts, GatehouseError, InvalidInput, ReadOnly, Refused, Unreachable } from "../errors.js";
import { redact } from "../http/redact.js";
import type { Environment } from "../http/settings.js";
import { type Fault, faultError } from "./fault.js";
import { FailedWithSecret } from "./read-secret.js";
import { secretValue } from "./secret-value.js";
import type { SecretSource } from "./setting-fields.js";
import type { KeyPlace, Sink, SinkType } from "./sink.js";

/** What a sink of a type is opened with. */
export interface SinkSetUp {
  /** Name of the sink in the operator's file. */
  readonly name: string;
  readonly type: SinkType;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Opens a sink such that its errors tell people what happened, and no error tells a secret. */
export async function openGuarded(setUp: SinkSetUp, environment: Environment): Promise<Sink> {
  const guard = async <T>(doing: string, secrets: readonly string[], task: () => Promise<T>): Promise<T> => {
    try {
      return await task();
    } catch (failed) {
      const { thrown, read } =
        failed instanceof FailedWithSecret ? { thrown: failed.thrown, read: [failed.secret] } : { thrown: failed, read: [] };
      const known = [...secrets, ...read, ...secretsIn(setUp, environment)];
      throw withoutSecrets(errorOf(thrown, setUp, doing, known), known);
    }
  };
  const writing = <T>(doing: string, place: KeyPlace, secrets: readonly string[], task: () => Promise<T>) =>
    guard(`${doing} key ${JSON.stringify(place.key)}`, secrets, () => {
      if (environment.GATEHOUSE_READ_ONLY === "1") throw new ReadOnly({ what: "a read-only run tried to write to a sink" });
      return task();
    });
  const sink = await guard("opening it", [], () => setUp.type.open(setUp.settings, environment));
  const { restore } = sink;
  return {
    deliver: (place, secret) => writing("handing over the secret of", place, [secret], () => sink.deliver(place, secret)),
    ...(restore && {
      restore: (place, former) => writing("giving back the former secret of", place, [], () => restore.call(sink, place, former)),
    }),
  };
}

/** The error as people are told it: of the few classes that callers of sinks tell apart. */
function errorOf(thrown: unknown, { name, type }: SinkSetUp, doing: string, secrets: readonly string[]): GatehouseError {
  const subject = `sink "${name}" (${type.title})`;
  const error = ownErrorIn(thrown);
  if (error === undefined) {
    const fault = type.faultOf?.(thrown) ?? unknownFault(thrown);
    // Before it is shortened, which would leave the beginning of a secret that nobody recognises.
    return faultError({ ...fault, said: fault.said && redact(fault.said, secrets) }, subject, doing);
  }
  const Told = [InvalidInput, ReadOnly, Unreachable].find((kept) => error instanceof kept) ?? Refused;
  return new Told({ ...error.parts, subject, what: `${doing}: ${error.parts.what}` });
}

/** SDKs wrap what their `fetch` throws. */
function ownErrorIn(error: unknown): GatehouseError | undefined {
  if (error instanceof GatehouseError) return error;
  return error instanceof Error && error.cause !== undefined ? ownErrorIn(error.cause) : undefined;
}

/** SDKs put what they sent into their errors: of one that nobody reads, only its name and code are told. */
function unknownFault(error: unknown): Fault {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  return { said: [name, code].filter((part) => typeof part === "string").join(" ") };
}

/** A new error: what an SDK threw, which holds its request, is no cause of it. */
function withoutSecrets(error: GatehouseError, secrets: readonly string[]): GatehouseError {
  const Same = error.constructor as new (parts: ErrorParts) => GatehouseError;
  const clean = (text: string | undefined) => (text === undefined ? undefined : redact(text, secrets));
  const { what, subject, advice, requestId } = error.parts;
  return new Same({ what: redact(what, secrets), subject: clean(subject), advice: clean(advice), requestId: clean(requestId) });
}

/** The secrets that the settings name, as far as they can be read. */
function secretsIn({ type, settings }: SinkSetUp, environment: Environment): readonly string[] {
  const sources = secretSources(type.settings, settings);
  return sources.flatMap((source) => {
    try {
      return [secretValue(source, environment)];
    } catch {
      return [];
    }
  });
}

function secretSources(fields: SinkType["settings"], values: Readonly<Record<string, unknown>>): readonly SecretSource[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const value = values[name];
    if (typeof value !== "object" || value === null) return [];
    if (field.flags.secret) return [value as SecretSource];
    return field.fields === undefined ? [] : secretSources(field.fields, value as Readonly<Record<string, unknown>>);
  });
}

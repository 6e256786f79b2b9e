import type { Kind } from "../../schema/kind.js";
import { KINDS } from "../../schema/kinds/index.js";
import type { Remote } from "../adapters/adapter.js";
import { GatehouseError, InvalidInput, NotDelivered, NotFound, Refused } from "../errors.js";
import { fingerprintOf } from "../sinks/fingerprint.js";
import { openSink, placeProblem } from "../sinks/index.js";
import type { Delivered, KeyPlace } from "../sinks/sink.js";
import type { Session } from "./session.js";
import type { Values } from "./values.js";

/** A hand-over as the state keeps it. */
interface Delivery extends Delivered {
  readonly sink: string;
  readonly fingerprint: string;
  readonly at: string;
}

/**
 * What the state keeps of secrets that were just shown: themselves, or, when the declaration names a sink, where they are. Throws
 * NotDelivered when the sink did not take one; the error holds no secret.
 */
export async function handOver(session: Session, kind: Kind, inputs: Values, secrets: Readonly<Record<string, string>>): Promise<Values> {
  const [[field, secret] = []] = Object.entries(secrets);
  if (kind.fields.deliverTo === undefined || field === undefined || secret === undefined) return secrets;
  const issuedAt = session.now().toISOString();
  if (typeof inputs.deliverTo !== "string") return { [field]: secret, delivery: undefined, issuedAt };
  const name = inputs.deliverTo;
  const place = await placeOf(session, inputs);
  const delivered = await toldBy(name, place, async () => (await openSink(name, session.environment)).deliver(place, secret));
  const delivery: Delivery = { ...delivered, sink: name, fingerprint: fingerprintOf(secret), at: issuedAt };
  return { [field]: undefined, delivery, issuedAt };
}

/** Throws InvalidInput when a secret that is about to be made could not be handed over, before it is made. */
export async function assertSinkReady(session: Session, inputs: Values): Promise<void> {
  const { deliverTo } = inputs;
  if (typeof deliverTo !== "string") return;
  await openSink(deliverTo, session.environment);
  const place = await placeOf(session, inputs);
  const problem = placeProblem(deliverTo, place, session.environment);
  if (problem !== undefined)
    throw new InvalidInput({ subject: `ApiKey "${place.key}"`, what: `has no place in the sink ${deliverTo}: ${problem}` });
}

/** Throws Refused when another sink is declared for a secret that the former one alone has. */
export function assertSameSink({ name }: Kind, olds: Values, { deliverTo }: Values): void {
  const delivery = olds.delivery as Delivery | undefined;
  if (delivery === undefined || deliverTo === undefined || deliverTo === delivery.sink) return;
  throw new Refused({
    subject: `${name} "${String(olds.name)}"`,
    what: `its secret is in the sink ${delivery.sink} and nowhere else, so that it cannot be handed to ${String(deliverTo)}`,
    advice: "Raise `rotate` in the same change: the new secret goes to the new sink.",
  });
}

/** What the state keeps when a sink is declared for a secret that it holds itself so far. */
export async function handedOverLater(session: Session, kind: Kind, kept: Values, news: Values): Promise<Values> {
  const { token, delivery, issuedAt } = kept;
  if (typeof news.deliverTo !== "string" || typeof token !== "string" || delivery !== undefined) return {};
  return { ...(await handOver(session, kind, news, { token })), issuedAt };
}

/** Ends a new object whose secret reached nobody. Where even that fails, the error says which object is left. */
export async function withdraw(session: Session, kind: Kind, remote: Remote): Promise<"gone" | "left"> {
  try {
    await session.objects(kind).remove(remote.owner, remote.id);
  } catch (error) {
    return error instanceof NotFound ? "gone" : "left";
  }
  return "gone";
}

/**
 * Makes the secret of a former hand-over the one in use in its sink again. Nothing to do where another sink, or none, got the secret
 * that followed it. Throws Refused where the sink cannot give back what it was given.
 */
export async function handBack(session: Session, inputs: Values, current: unknown, former: unknown): Promise<Values | undefined> {
  const [now, before] = [current as Delivery | undefined, former as Delivery | undefined];
  if (before === undefined || now?.sink !== before.sink) return before && { ...before };
  const sink = await openSink(before.sink, session.environment);
  const place = await placeOf(session, inputs);
  const { restore } = sink;
  if (restore === undefined) {
    throw new Refused({
      subject: `ApiKey "${place.key}"`,
      what: `cannot go back: the sink ${before.sink} does not give back the secret that it was given before`,
      advice: "Leave `rotate` as it is, or raise it to have another key made and delivered.",
    });
  }
  const restored = await toldBy(before.sink, place, () => restore.call(sink, place, before));
  return { ...before, ...restored, at: session.now().toISOString() };
}

/** Where a key belongs, in words that a sink's templates can use. */
async function placeOf(session: Session, inputs: Values): Promise<KeyPlace> {
  const { name, project, environment } = inputs;
  return {
    controlPlane: session.settings.name,
    project: project === undefined ? "organization" : await projectName(session, String(project)),
    key: String(name),
    environment: typeof environment === "string" ? environment : "none",
  };
}

/** The short name of a project, which people know it by; its id where it has none. */
async function projectName(session: Session, id: string): Promise<string> {
  const { Project } = KINDS;
  const found = session.reaches(Project) ? (await session.list(Project, undefined)).find((remote) => remote.id === id) : undefined;
  return String(found?.values.slug ?? found?.values.name ?? id);
}

/** What a sink refuses, told of the key whose secret it did not take. */
async function toldBy<T>(sink: string, { key }: KeyPlace, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    const { what, advice } =
      error instanceof GatehouseError ? error.parts : { what: "it failed in a way that it does not explain", advice: undefined };
    throw new NotDelivered({
      subject: `ApiKey "${key}"`,
      what: `its secret did not reach the sink ${sink}: ${what}`,
      advice: advice ?? "Put the sink in order, and run again.",
    });
  }
}

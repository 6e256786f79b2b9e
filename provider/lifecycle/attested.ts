import { type Field, holdsSecret, memberOf } from "../../schema/field.js";
import { idField, type Kind, revealedField } from "../../schema/kind.js";
import { confirmationProblems } from "../dashboard/confirmation-problems.js";
import { type Confirmation, confirmationsOf, readConfirmations } from "../dashboard/confirmations.js";
import { secretVariable } from "../dashboard/secret-variable.js";
import { stepText } from "../dashboard/step-text.js";
import { pageOf, type Step } from "../dashboard/steps.js";
import { InvalidInput, WaitingForPerson } from "../errors.js";
import { rotationOf } from "../rotation/rotation-of.js";
import { backAt, NO_RETIRING, retiringFrom, retiringIn } from "../rotation/values.js";
import { fingerprintOf } from "../sinks/fingerprint.js";
import { handBack, handOver } from "./hand-over.js";
import { idInUse } from "./live-ids.js";
import { ownerOf } from "./lookup.js";
import { formatObjectId, type ObjectAddress, parseObjectId } from "./object-id.js";
import { declaredIn, outputsOf } from "./outputs.js";
import { type Change, personStep } from "./person-step.js";
import type { Session } from "./session.js";
import type { Values } from "./values.js";

interface Attested {
  readonly id: string;
  readonly outputs: Values;
}

/** Records an object that a person has made, or set, at the dashboard. Throws WaitingForPerson with the step when nobody confirmed it. */
export async function createAttested(session: Session, kind: Kind, inputs: Values): Promise<Attested> {
  assertSecretsByReference(session, kind, inputs);
  const { step, confirmation } = confirmed(session, kind, { operation: "create", inputs });
  const address = { owner: ownerOf(kind, inputs), id: confirmation?.id ?? step?.objectId ?? kind.name.toLowerCase() };
  const kept = { adopted: step?.operation === "adopt", external: true };
  return recorded(kind, inputs, address, { ...kept, ...(await attested(session, kind, inputs, { step, confirmation })) });
}

/** What was attested last, as of its newest renewal: nobody can be asked. */
export function attestedRead(session: Session, kind: Kind, id: string, olds: Values): Attested & { readonly inputs: Values } {
  return { id, inputs: declaredIn(kind, olds), outputs: renewed(session, kind, id, olds, confirmationsIn(session)) };
}

/** Each renewal is of the attestation before it, so that renewals of what was changed since count for nothing. */
function renewed(session: Session, kind: Kind, objectId: string, olds: Values, all: readonly Confirmation[]): Values {
  const former = olds.attestation as Values | undefined;
  const step = former === undefined ? undefined : personStep(session, kind, { operation: "review", objectId, olds });
  const given = step === undefined ? [] : confirmationsOf(step, all);
  const one = given.find(({ at }) => Date.parse(at) > Date.parse(String(former?.at)));
  if (one === undefined) return olds;
  const { by, at, digest } = one;
  return renewed(session, kind, objectId, { ...olds, attestation: { ...former, by, at, digest } }, all);
}

/** Records what a person has changed at the dashboard, or which step of a rotation was made there. */
export async function updateAttested(session: Session, kind: Kind, objectId: string, olds: Values, news: Values): Promise<Attested> {
  assertSecretsByReference(session, kind, news);
  const found = confirmed(session, kind, { operation: "update", objectId, olds, news });
  const said = await attested(session, kind, news, found);
  const address = { ...parseObjectId(kind, objectId), id: idInUse(kind, objectId, olds) };
  const retiring = retiringIn(olds);
  switch (rotationOf(kind, olds, news, session.now())?.step) {
    case "begin": {
      const kept = { ...olds, ...said, retiring: retiringFrom(olds, address.id, session.now()), formerToken: olds.token };
      return recorded(kind, news, { ...address, id: found.confirmation?.id ?? address.id }, kept, objectId);
    }
    case "end":
      return recorded(kind, news, address, { ...olds, ...said, ...NO_RETIRING }, objectId);
    case "rollBack": {
      const delivery = await handBack(session, olds, olds.delivery, retiring?.delivery);
      const kept = { ...olds, ...said, ...backAt(olds, delivery) };
      return recorded(kind, news, { ...address, id: retiring?.keyId ?? address.id }, kept, objectId);
    }
    default:
      return recorded(kind, news, address, { ...olds, ...said }, objectId);
  }
}

/** Lets go of an object that a person has deleted at the dashboard. */
export async function removeAttested(session: Session, kind: Kind, objectId: string, olds: Values): Promise<void> {
  confirmed(session, kind, { operation: "delete", objectId, olds });
}

function recorded(kind: Kind, inputs: Values, address: ObjectAddress, kept: Values, objectId = formatObjectId(kind, address)): Attested {
  const computed = {
    ...(idField(kind) === undefined ? {} : { [idField(kind) as string]: address.id }),
    ...(kind.custody === undefined ? {} : { [kind.custody.statusField]: kind.custody.healthy }),
  };
  const remote = { ...address, builtIn: false, values: { ...inputs, ...computed } };
  return { id: objectId, outputs: outputsOf(kind, inputs, remote, kept) };
}

interface Found {
  /** Undefined for a change that needs nobody. */
  readonly step: Step | undefined;
  readonly confirmation: Confirmation | undefined;
}

function confirmed(session: Session, kind: Kind, change: Change): Found {
  if (pageOf(session.adapter, kind) === undefined) {
    throw new InvalidInput({ subject: kind.name, what: `${session.adapter.title} has no page for it in its dashboard` });
  }
  const step = personStep(session, kind, change);
  if (step === undefined) return { step, confirmation: undefined };
  const all = confirmationsIn(session);
  const [confirmation] = confirmationsOf(step, all);
  if (confirmation === undefined) throw waiting(step, all);
  const problems = confirmationProblems(step, confirmation, all);
  if (problems.length > 0) throw new InvalidInput({ subject: `confirmation of ${step.id}`, what: problems.join("; ") });
  return { step, confirmation };
}

function confirmationsIn({ environment }: Session): readonly Confirmation[] {
  const file = environment.GATEHOUSE_CONFIRMATIONS;
  return file ? readConfirmations(file) : [];
}

function waiting(step: Step, all: readonly Confirmation[]): WaitingForPerson {
  const isOutdated = all.some((one) => one.step === step.id && one.digest !== step.digest);
  return new WaitingForPerson({
    subject: `${step.kind} ${step.object}`,
    what: `a person has to do this at the dashboard first${isOutdated ? "; what was confirmed for it was another version of the step" : ""}`,
    advice: `${stepText(step)}\nConfirm it with \`gatehouse confirm\`, or name a file of confirmations in GATEHOUSE_CONFIRMATIONS.`,
  });
}

/** What was said of a step, with the secret that came with it where it was to go. */
async function attested(session: Session, kind: Kind, inputs: Values, { step, confirmation }: Found): Promise<Values> {
  const said = attestation(session, kind, step, confirmation);
  const field = revealedField(kind);
  const secret = field === undefined ? undefined : said[field];
  return field === undefined || typeof secret !== "string"
    ? said
    : { ...said, ...(await handOver(session, kind, inputs, { [field]: secret })) };
}

/** Who says so, and the secret when the person handed it over to this run. */
function attestation(session: Session, kind: Kind, step: Step | undefined, confirmation: Confirmation | undefined): Values {
  if (step === undefined || confirmation === undefined) return {};
  const value = session.environment[secretVariable(step)];
  const field = revealedField(kind);
  const isHandedOver = step.reveals && field !== undefined && value !== undefined && value !== "";
  const fingerprint = isHandedOver ? fingerprintOf(value) : confirmation.fingerprint;
  const { by, at, digest } = confirmation;
  const said = { attestation: { by, at, digest, ...(fingerprint === undefined ? {} : { fingerprint }) } };
  if (!step.reveals || field === undefined) return said;
  return isHandedOver
    ? { ...said, [field]: value, external: false, issuedAt: at }
    : { ...said, [field]: undefined, delivery: undefined, external: true, issuedAt: at };
}

/** A person must be told where to find a secret; its value is told to nobody. */
function assertSecretsByReference(session: Session, kind: Kind, inputs: Values): void {
  const given = Object.entries(inputs).filter(([name, value]) => holdsValue(kind.fields[name], value));
  if (given.length === 0) return;
  throw new InvalidInput({
    subject: kind.name,
    what: `${given.map(([name]) => name).join(", ")} holds a secret by value, and a person at ${session.adapter.title}'s dashboard cannot be shown it`,
    advice: "Name the variable or the file that holds it: { env: GATEHOUSE_… }.",
  });
}

function holdsValue(field: Field | undefined, value: unknown): boolean {
  if (field === undefined || value === undefined || value === null || !holdsSecret(field)) return false;
  if (field.flags.secret) return typeof value === "string";
  const members = Array.isArray(value) ? value.map((item) => [field.items, item] as const) : membersOf(field, value);
  return members.some(([member, item]) => holdsValue(member, item));
}

function membersOf(field: Field, value: unknown): readonly (readonly [Field | undefined, unknown])[] {
  return typeof value === "object" && value !== null ? Object.entries(value).map(([name, item]) => [memberOf(field, name), item]) : [];
}

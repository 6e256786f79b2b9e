import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { planOf } from "../context.js";
import { isValues } from "../objects/changed-properties.js";
import { forbidden, Refusal } from "../refusal.js";
import { authenticate, bearerToken } from "../routes/authenticate.js";
import { bodyOf } from "../routes/body-of.js";
import type { Service } from "../routes/service.js";
import type { Values } from "../store/objects.js";

/** The platform's own bounds, which hold where the organization sets none. */
const DEFAULTS = { max_regression: 0.05, max_cost_increase: 0.2, confidence_threshold: 0.8 };

const share = (value: unknown, above: boolean): boolean => typeof value === "number" && value <= 1 && (above ? value > 0 : value >= 0);

const windowed =
  (most: number) =>
  (value: unknown): boolean =>
    isValues(value) &&
    Object.keys(value).every((name) => ["value", "window"].includes(name)) &&
    typeof value.value === "number" &&
    value.value >= 0 &&
    value.value <= most &&
    ["rolling_24h", "rolling_7d"].includes(String(value.window));

/** The writable fields, each with its range (D[CONAPI]). */
const RANGES: Readonly<Record<string, (value: unknown) => boolean>> = {
  max_regression: windowed(0.5),
  max_cost_increase: windowed(5),
  confidence_threshold: (value) => share(value, false),
  min_samples_before_promotion: (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 100_000,
  max_outcome_variance: (value) => share(value, true),
  max_cost_drop_without_validation: (value) => share(value, true),
  require_shadow_before_live: (value) => typeof value === "boolean",
};

const SETTING = "constraints";

/** The one documented write to an organization's configuration: read and fully replaced, with an API key (F-64 to F-66). */
export function floopyConstraints(app: FastifyInstance, service: Service): void {
  app.get("/v1/constraints", (request) => {
    caller(service, request, "read");
    return shown(service);
  });

  app.put("/v1/constraints", (request) => {
    const who = caller(service, request, "write");
    const wanted = bodyOf(request);
    refuseOutOfRange(wanted);
    const { store } = service;
    return store.transaction(() => {
      const before = digest(shown(service));
      store.setSetting(SETTING, JSON.stringify(wanted));
      const after = digest(shown(service));
      const at = service.now().toISOString();
      store.audit.append({
        at,
        actor: who,
        action: "update",
        kind: "Constraints",
        object: "constraints",
        before: { sha256: before },
        after: { sha256: after },
      });
      return shown(service);
    });
  });
}

/** Who asks: a key with the permission, or a person who administers. Throws when the plan or the permission is missing. */
function caller(service: Service, request: FastifyRequest, permission: "read" | "write"): string {
  const { store } = service;
  const credential = store.credentials.of(bearerToken(request));
  const key = credential?.purpose === "key" ? store.objects.get("ApiKey", credential.subject) : undefined;
  const who = key === undefined || key.body.status !== "active" ? person(service, request) : `key ${key.id}`;
  const permissions = key?.body.permissions;
  if (key !== undefined && !(Array.isArray(permissions) && permissions.includes(permission))) {
    throw forbidden(`key "${key.body.name}" lacks ${permission}_permission`, `${permission}_permission`);
  }
  const plan = planOf({ ...service, now: service.now(), actor: { memberId: "", user: who, role: "" } });
  if (!["pro", "enterprise"].includes(plan)) throw forbidden(`the plan ${plan} has no constraints: they need Pro`, "plan_required");
  return who;
}

function person(service: Service, request: FastifyRequest): string {
  const { actor, profile } = authenticate(service, request);
  const grant = profile.organizationRoles[actor.role];
  if (!grant?.update?.includes("Organization")) throw forbidden(`the role "${actor.role}" does not reach the organization's settings`);
  return actor.user;
}

function refuseOutOfRange(wanted: Values): void {
  const wrong = Object.entries(wanted).filter(([name, value]) => value !== null && RANGES[name]?.(value) !== true);
  const [first] = wrong;
  if (first === undefined) return;
  const codes = wrong.map(([name]) => (Object.hasOwn(RANGES, name) ? `out_of_range_${name}` : `unknown_field_${name}`));
  throw new Refusal({ status: 400, code: codes[0] ?? "", detail: `refused: ${codes.join(", ")}` });
}

/** What nobody set is null: the platform's default holds. */
function shown({ store }: Service): Values {
  const set = JSON.parse(store.setting(SETTING) ?? "{}") as Values;
  const fields = Object.keys(RANGES).map((name) => [name, set[name] ?? (name === "require_shadow_before_live" ? false : null)]);
  return { ...Object.fromEntries(fields), defaults: DEFAULTS };
}

function digest(value: Values): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

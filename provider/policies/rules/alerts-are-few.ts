import { integer } from "../../../schema/field.js";
import { projectScope } from "../cap-scopes.js";
import { member } from "../member.js";
import { defineRule, setting } from "../rule.js";
import type { SeenObject } from "../seen.js";
import type { StackView } from "../stack-view.js";

type Alert = SeenObject<"Alert">;

export const alertsAreFew = defineRule({
  name: "alerts-are-few",
  title: "Alert webhooks are few",
  why: "Where everything calls, nobody looks when it matters.",
  enforces: ["O-38"],
  level: "advisory",
  settings: { max: setting(integer({ minimum: 1 }), 10) },
  check: (view, { settings: { max } }) =>
    [...byScope(view).values()].flatMap((alerts) => {
      const last = [...alerts].sort((a, b) => (a.name < b.name ? -1 : 1)).at(-1);
      if (last === undefined || alerts.length <= max) return [];
      const project = view.projectOf(last);
      const count = `${alerts.length} alert webhooks, more than ${max}`;
      return [
        {
          object: project ?? last,
          what: project === undefined ? `is one of ${count}` : `has ${count}`,
          advice: "Keep those that somebody acts on, and let one alert wait for several events.",
        },
      ];
    }),
  example: { bad: manyAlerts(11), good: manyAlerts(2) },
});

/** Webhooks in use of each project, and of each organization. */
function byScope(view: StackView): ReadonlyMap<string, readonly Alert[]> {
  const groups = new Map<string, Alert[]>();
  for (const alert of view.of("Alert").filter(calls)) {
    const scope = projectScope(view, alert) ?? alert.controlPlane;
    if (typeof scope !== "string") continue;
    const group = groups.get(scope) ?? [];
    group.push(alert);
    groups.set(scope, group);
  }
  return groups;
}

function calls({ inputs }: Alert): boolean {
  return typeof member(inputs.channel, "webhook") === "string" && (inputs.enabled === undefined || inputs.enabled === true);
}

function manyAlerts(count: number): string {
  const one = (index: number) =>
    `  hook-${index}: { event: security_alert, channel: { webhook: "https://hooks.acme.example/${index}", secret: { env: GATEHOUSE_HOOK_SECRET } } }`;
  return ["alerts:", ...Array.from({ length: count }, (_, index) => one(index + 1))].join("\n");
}

import { KINDS, type KindName } from "../../../schema/kinds/index.js";
import { DEFAULT_PROJECTS } from "../../../schema/systems/default-project.js";
import { QUOTAS } from "../../../schema/systems/quotas.js";
import { isDefaultProject } from "../projects.js";
import { defineRule, type Violation } from "../rule.js";
import { known, type SeenObject } from "../seen.js";
import type { StackView } from "../stack-view.js";

export const planQuota = defineRule({
  name: "plan-quota",
  title: "A stack declares no more than its plan allows",
  why: "The control plane refuses what is over the quota, in the middle of a run.",
  enforces: ["F-19", "F-34"],
  level: "mandatory",
  settings: {},
  check: (view) => {
    const plans = view.of("Organization").flatMap((organization) => {
      const plan = known(organization.inputs.plan);
      return plan === undefined ? [] : [{ organization, plan }];
    });
    return plans.flatMap(({ organization, plan }) =>
      Object.entries(QUOTAS[organization.system] ?? {}).flatMap(([kind, quotas]) => {
        const quota = quotas[plan];
        return quota === undefined ? [] : overQuota(view, organization, { kind: kind as KindName, plan, quota });
      }),
    );
  },
  example: {
    bad: `organization: { plan: starter }
projects:
${["checkout", "search", "mail", "maps"].map((name) => `  ${name}: { name: ${name}, launch: { owner: lin@acme.example } }`).join("\n")}`,
    good: `organization: { plan: starter }
projects: { checkout: { name: Checkout, launch: { owner: lin@acme.example } } }`,
  },
});

interface Quota {
  readonly kind: KindName;
  readonly plan: string;
  readonly quota: number;
}

function overQuota(view: StackView, organization: SeenObject, { kind, plan, quota }: Quota): readonly Violation[] {
  const declared = view.of(kind).filter(({ controlPlane }) => controlPlane === organization.controlPlane);
  const unseen = kind === KINDS.Project.name ? unseenProjects(view, organization) : 0;
  if (declared.length + unseen <= quota) return [];
  const isCertain = declared.length > quota;
  const room = isCertain ? "" : ", and the project that was there from the start counts as well";
  return [
    {
      object: organization,
      property: "plan",
      what: `is on the plan ${plan}, which allows ${quota} ${kind} objects, and the stack declares ${declared.length}${room}`,
      advice: "Declare fewer (one project can hold the keys of all its environments), or buy the plan that allows them and name it here.",
      ...(isCertain ? {} : { onlyAdvice: "always" }),
    },
  ];
}

/** Projects that count and that nobody declares. */
function unseenProjects(view: StackView, { system, controlPlane }: SeenObject): number {
  if (DEFAULT_PROJECTS[system] === undefined) return 0;
  return view.of("Project").some((project) => project.controlPlane === controlPlane && isDefaultProject(project)) ? 0 : 1;
}

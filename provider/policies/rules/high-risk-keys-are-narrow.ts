import { list, text } from "../../../schema/field.js";
import { projectsInUse } from "../projects.js";
import { defineRule, setting } from "../rule.js";
import { known } from "../seen.js";

const NARROWING = ["models", "ipAllowList"] as const;

export const highRiskKeysAreNarrow = defineRule({
  name: "high-risk-keys-are-narrow",
  title: "The keys of a project that is labelled high-risk reach named models or come from named addresses",
  why: "What reads the most sensitive data must not be callable from anywhere with any model.",
  enforces: ["A-24"],
  level: "mandatory",
  settings: { labels: setting(list(text(), { unordered: true }), ["high-risk", "sensitive"]) },
  check: (view, { settings }) =>
    projectsInUse(view)
      .filter(({ inputs }) => known(inputs.labels)?.some((label) => settings.labels.includes(label)))
      .flatMap((project) => view.referringTo(project, "ApiKey"))
      .filter((key) => NARROWING.every((name) => key.inputs[name] === undefined))
      .flatMap((key) => {
        const offered = NARROWING.filter((name) => view.offers(key, name));
        if (offered.length === 0) return [];
        return [
          {
            object: key,
            what: "is a key of a high-risk project that any address may use with any model",
            advice: `Write ${offered.map((name) => `\`${name}:\``).join(" or ")} on the key.`,
          },
        ];
      }),
  example: {
    bad: "projects: { claims: { name: Claims, labels: [high-risk], launch: { owner: lin@acme.example }, keys: { intake: { environment: development } } } }",
    good: `projects:
  claims:
    name: Claims
    labels: [high-risk]
    launch: { owner: lin@acme.example }
    keys: { intake: { environment: development, models: { allowed: [gpt-5-mini] }, ipAllowList: [203.0.113.0/24] } }`,
  },
});

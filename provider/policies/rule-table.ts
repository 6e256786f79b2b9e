import type { Rule, Setting } from "./rule.js";

/** The guardrails in Markdown: a table of all, and for each a folded paragraph with its settings and a bad and a good pair. */
export function ruleTable(rules: readonly Rule[]): string {
  const rows = rules.map(
    ({ name, title, level, systems }) => `| \`${name}\` | ${cell(title)} | ${level} | ${systems?.join(", ") ?? "all"} |`,
  );
  return ["| guardrail | what holds | level | systems |", "|---|---|---|---|", ...rows, "", ...rules.map(details)].join("\n");
}

function details(rule: Rule): string {
  const { name, title, why, enforces, settings, example, fix } = rule;
  const lines = [
    `<details><summary><code>${name}</code>: ${title}</summary>`,
    "",
    why,
    ...(enforces.length === 0 ? [] : ["", `Comes from ${enforces.join(", ")} of the systems' rules.`]),
    ...(fix === undefined ? [] : ["", "The level `remediate` mends it on the way."]),
    ...settingsOf(settings),
    "",
    "```yaml",
    "# not so",
    example.bad.trim(),
    "# so",
    example.good.trim(),
    "```",
    "",
    "</details>",
    "",
  ];
  return lines.join("\n");
}

function settingsOf(settings: Rule["settings"]): readonly string[] {
  const entries = Object.entries(settings);
  if (entries.length === 0) return [];
  return ["", `Settings: ${entries.map(([name, setting]) => `\`${name}\` (${defaultsOf(setting)})`).join(", ")}.`];
}

function defaultsOf({ recommended, strict }: Setting): string {
  const own = JSON.stringify(recommended);
  return strict === undefined ? own : `${own}, strict ${JSON.stringify(strict)}`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { githubAnnotations, gitlabCodeQuality } from "../../../provider/report/render/annotations.js";
import { hostileText } from "./hostile-text.js";
import { BLOCKED, ESCALATION, FLOOD, lineOf, reportOf, reportSaying } from "./reports.js";

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const issuesOf = (report: Parameters<typeof gitlabCodeQuality>[0]) => JSON.parse(gitlabCodeQuality(report)) as readonly Issue[];

describe("annotations on GitHub", () => {
  it("stand on the line of the stack file, with a level by severity, worst first, without those of low severity or without a place", () => {
    expect(githubAnnotations(ESCALATION).trimEnd().split("\n")).toEqual([
      "::error file=projects/checkout.yaml,line=41,col=5,title=Stopped (critical)::projects/checkout/keys/checkout-prod: hourlyUsd rises from 25 to 250%0AA zero too many is spent before anybody reads the bill.%0ARaise it in steps of at most ×2 (write `hourlyUsd: 50`).",
      "::error file=gatehouse.yaml,line=12,col=5,title=Access (critical)::kim@acme.example gains administration of the organization; manage keys, configure in every project%0Arole: member → admin%0Akim@acme.example widened in every project: view → view, manage keys, configure, by organization role admin",
      "::warning file=projects/checkout.yaml,line=41,col=5,title=Limits and budgets (high)::projects/checkout/keys/checkout-prod: hourlyUsd rises: 25 → 250 USD an hour, ×10",
      "::notice file=projects/checkout.yaml,line=47,col=5,title=Keys (medium)::key checkout-batch is created in checkout for production%0AhourlyUsd: 5%0Atoken: [secret]%0AkeyId: (known after apply)",
    ]);
  });

  it("escape what ends a property or a command", () => {
    const place = { file: ".\\a,b:c%.yaml", line: 1, column: 2 };
    const report = reportOf({ lines: [lineOf({ severity: "high", text: "100% of\r\n::error::it", place })] });
    expect(githubAnnotations(report)).toBe(
      "::warning file=a%2Cb%3Ac%25.yaml,line=1,col=2,title=Other changes (high)::100%25 of ::error::it\n",
    );
  });

  it("are one command a line, whatever the stack file says", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const commands = githubAnnotations(reportSaying(text))
          .trimEnd()
          .split(/[\r\n]/);
        expect(commands.map((command) => command.split(" ")[0])).toEqual(["::error", "::warning", "::notice"]);
      }),
    );
  });
});

describe("Code Quality on GitLab", () => {
  it("has an issue for every line with a place", () => {
    const [first, ...others] = issuesOf(ESCALATION);
    expect(first).toMatchObject({
      check_name: "cap-raised",
      severity: "blocker",
      location: { path: "projects/checkout.yaml", lines: { begin: 41 } },
    });
    expect(others.map(({ severity }) => severity)).toEqual(["critical", "major", "minor", ...Array.from({ length: 6 }, () => "info")]);
  });

  it("calls what stops the change a blocker", () => {
    expect(issuesOf(BLOCKED).map(({ severity }) => severity)).toEqual(["blocker"]);
  });

  it("gives every issue a fingerprint of its own that stays when the lines of the file move", () => {
    const same = Array.from({ length: 2 }, () => lineOf({ place: { file: "a.yaml", line: 1, column: 1 } }));
    const prints = [...issuesOf(FLOOD), ...issuesOf(reportOf({ lines: same }))].map(({ fingerprint }) => fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
    const moved = same.map((line) => ({ ...line, place: { file: "./a.yaml", line: 9, column: 1 } }));
    expect(issuesOf(reportOf({ lines: moved })).map(({ fingerprint }) => fingerprint)).toEqual(prints.slice(-2));
  });
});

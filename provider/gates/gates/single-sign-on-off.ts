import { UNKNOWN } from "../../../schema/unknown.js";
import { changeDigest } from "../digest.js";
import type { Finding, Gate } from "../gate.js";
import { isOn, SECURITY_POLICY, statusOf } from "../single-sign-on.js";

export const singleSignOnOff: Gate = {
  name: "single-sign-on-off",
  title: "Single sign-on is switched off",
  why: "People who left get in again with a password that your identity provider cannot end.",
  judge: ({ changes }) =>
    changes.objects
      .filter(({ kind, after }) => kind === SECURITY_POLICY && after !== undefined)
      .flatMap((step): Finding[] => {
        const [before, after] = [statusOf(step.before?.inputs), statusOf(step.after)];
        if (!isOn(before) || isOn(after)) return [];
        return [
          {
            object: step.name,
            change: changeDigest(step),
            what: `single sign-on is ${before} now and ${WORDS[after] ?? "would no longer be declared"}`,
            advice: "Keep `singleSignOn.status` at `required`, or at `gradual` while people move.",
          },
        ];
      }),
};

const WORDS: Readonly<Record<string, string>> = { off: "would be off", [UNKNOWN]: "only the apply knows what it will be" };

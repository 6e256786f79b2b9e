/** The HTML of a report in a real browser. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessHtml, accessMatrix } from "../../../provider/report/access/index.js";
import { reportHtml } from "../../../provider/report/render/html.js";
import { htmlPage } from "../../../provider/report/render/html-page.js";
import { html } from "../../../provider/report/render/html-template.js";
import type { Report } from "../../../provider/report/report.js";
import { accessOf } from "../access/support/access.js";
import { launchChromium } from "./chromium.js";
import { BLOCKED, ESCALATION, FLOOD, NOTHING, reportSaying } from "./reports.js";

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };
const REPORTS = {
  ESCALATION,
  BLOCKED,
  FLOOD,
  NOTHING,
  LONG: reportSaying("endless".repeat(60)),
  HOSTILE: reportSaying("<script>alert(1)</script>"),
};
type Name = keyof typeof REPORTS;
const NAMES = Object.keys(REPORTS) as Name[];

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
}, 60_000);
afterAll(() => browser?.close());

describe("the report in a browser", () => {
  it("shows the access matrix with what is gained and lost, under row and column headers", async () => {
    const { page } = await opened(ESCALATION);
    const matrix = await page.evaluate(`(() => {
      const table = document.querySelector('table[aria-label="Access that changes"]');
      const texts = (selector, from = table) => [...from.querySelectorAll(selector)].map((found) => found.textContent.trim());
      return { columns: texts("th[scope=col]"), rows: texts("th[scope=row]"), gained: texts("ins"), lost: texts("del") };
    })()`);
    expect(matrix).toEqual({
      columns: ["Who", "Control plane", "Where", "Before", "After"],
      rows: ["kim@acme.example person", "lin@acme.example person"],
      gained: ["manage keys", "manage members", "configure", "delete"],
      lost: ["manage keys"],
    });
  });

  it.each(NAMES)("holds %s on a phone without scrolling sideways", async (name) => {
    const { page } = await opened(REPORTS[name], { viewport: PHONE });
    await unfold(page);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width);
    expect(await page.evaluate(TOO_WIDE)).toEqual([]);
  });

  it.each(NAMES)("writes nothing to the console about %s, and asks nobody for anything", async (name) => {
    const { said, requested } = await opened(REPORTS[name]);
    expect(said).toEqual([]);
    expect(requested).toEqual([]);
  });

  it.each(["light", "dark"] as const)("has its own paper in %s, and no fault that axe knows, on a phone and a desk", async (scheme) => {
    for (const report of [ESCALATION, BLOCKED, NOTHING])
      for (const viewport of [PHONE, DESK]) {
        const { page } = await opened(report, { viewport, scheme });
        await unfold(page);
        expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(PAPER[scheme]);
        expect(await faultsOf(page)).toEqual([]);
      }
  });

  it("shows everything without scripts, what is folded after a click", async () => {
    const { page } = await opened(ESCALATION, { scripts: false });
    const shown = async () => String(await page.evaluate("document.body.innerText"));
    for (const text of ["kim@acme.example gains administration", "manage members", 'gate: "cap-raised"', "→"])
      expect(await shown()).toContain(text);
    expect(await shown()).not.toContain("projects/fraud");
    for (const summary of await page.$$("details:not([open]) > summary")) if (await summary.isVisible()) await summary.click();
    for (const text of ["projects/fraud", "ada@acme.example"]) expect(await shown()).toContain(text);
  });

  it("runs no script, even one that found its way in", async () => {
    const { page, said } = await opened(ESCALATION, {
      alter: (source) => source.replace("<main>", "<main><script>document.title = 'ran'</script>"),
    });
    expect(await page.title()).toBe("Dangerous: apply acme/dev");
    expect(said.join()).toMatch(/Content Security Policy/);
  });
});

describe("the matrix of effective access in a browser", () => {
  const shown = async (viewport: typeof PHONE) => {
    const access = accessOf(`
members: { bea@acme.example: admin }
projects: { checkout: { name: Checkout, keys: { checkout-prod: { environment: production, hourlyUsd: 25 } } } }`);
    const { page } = await openedPage(htmlPage("Access", html`<main><h1>Access</h1>${accessHtml(accessMatrix(access))}</main>`), {
      viewport,
    });
    return page;
  };

  it("names each cell by its column on a phone, leaves empty ones out, and needs no scrolling sideways", async () => {
    const page = await shown(PHONE);
    const labels = await page.evaluate(`[...document.querySelectorAll("tbody tr:last-child td")]
      .filter((cell) => getComputedStyle(cell).display !== "none")
      .map((cell) => getComputedStyle(cell, "::before").content)`);
    expect(labels).toEqual(['"Where: "', '"Environment: "', '"Can: "', '"Limits: "', '"By: "']);
    const empty = await page.evaluate(`[...document.querySelectorAll("td:empty")].map((cell) => getComputedStyle(cell).display)`);
    expect(new Set(empty as string[])).toEqual(new Set(["none"]));
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width);
    expect(await page.evaluate(TOO_WIDE)).toEqual([]);
  });

  it.each([PHONE, DESK])("has no fault that axe knows at %o", async (viewport) => {
    expect(await faultsOf(await shown(viewport))).toEqual([]);
  });
});

const PAPER = { light: "rgb(255, 255, 255)", dark: "rgb(20, 23, 26)" };

/** Elements that reach beyond the window, unless something around them scrolls or cuts off what does not fit. */
const TOO_WIDE = `[...document.querySelectorAll("body *")]
  .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5)
  .filter((element) => {
    for (let around = element.parentElement; around; around = around.parentElement)
      if (getComputedStyle(around).overflowX !== "visible") return false;
    return true;
  })
  .map((element) => element.outerHTML.slice(0, 200))`;

interface Opening {
  readonly viewport?: typeof PHONE;
  readonly scheme?: "light" | "dark";
  readonly scripts?: boolean;
  readonly alter?: (source: string) => string;
}

function opened(report: Report, opening: Opening = {}) {
  return openedPage(reportHtml(report), opening);
}

async function openedPage(source: string, { viewport = DESK, scheme = "light", scripts = true, alter = (same) => same }: Opening = {}) {
  const address = pathToFileURL(join(mkdtempSync(join(tmpdir(), "report-")), "report.html"));
  writeFileSync(address, alter(source));
  const page = await browser.newPage();
  const [said, requested]: [string[], string[]] = [[], []];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("dialog", (dialog) => said.push(dialog.message()));
  page.on("request", (request) => requested.push(request.url()));
  await page.setViewport(viewport);
  await page.setJavaScriptEnabled(scripts);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.goto(address.href);
  return { page, said, requested: requested.filter((url) => url !== address.href && url !== "data:,") };
}

async function unfold(page: Page): Promise<void> {
  await page.evaluate(`document.querySelectorAll("details").forEach((details) => { details.open = true; })`);
}

async function faultsOf(page: Page): Promise<unknown> {
  await page.evaluate(axe.source);
  return page.evaluate(`axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))`);
}

/** A page of a vendor's dashboard. */
export type Page = Extract<Evidence, { basis: "dashboard" }>;

/** Why we believe that a system has what a mapping says. */
export type Evidence =
  | { readonly basis: "documented"; readonly url: string; readonly date?: string }
  | { readonly basis: "assumed"; readonly why: string }
  | { readonly basis: "dashboard"; readonly page: string; readonly url: string; readonly date: string }
  | { readonly basis: "unsupported"; readonly reason: string };

/** The vendor documents a management API for it. `date` is the day it was read (`2026-08-24`). */
export const documented = (url: string, date: string): Evidence => ({ basis: "documented", url, date });

/** The calls are this package's own: the server describes them at `GET /openapi.json`, the README in the section of this anchor. */
export const ownApi = (section: string): Evidence => ({ basis: "documented", url: section });

/** Nothing documents the calls; they are our best guess and need `allowAssumed: true`. */
export const assumed = (why: string): Evidence => ({ basis: "assumed", why });

/** A person does it on this page of the vendor's dashboard. */
export const dashboard = (page: string, url: string, date: string): Page => ({ basis: "dashboard", page, url, date });

/** The system has no such thing. `reason` completes the sentence "<system> …" and names the nearest thing it does have. */
export const unsupported = (reason: string): Evidence => ({ basis: "unsupported", reason });

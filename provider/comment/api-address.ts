import { isLoopback } from "../http/settings.js";

/** The base of an API that a token may be sent to, or what is wrong with it. */
export function apiAddress(text: string): URL | string {
  if (!URL.canParse(text)) return "is not a URL";
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return "holds a user or password: the token has a variable of its own";
  if (url.search !== "" || url.hash !== "") return "has a query or fragment";
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url))) return url;
  return "is neither https nor on this machine: a token is not sent in clear";
}

import tls from "node:tls";
import { generate } from "selfsigned";
import type { Certificate } from "../api-server.js";

/** A certificate of 127.0.0.1, made anew, that this process trusts from now on. */
export async function trustedCertificate(): Promise<Certificate> {
  const { cert, private: key } = await generate([{ name: "commonName", value: "127.0.0.1" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] },
    ],
  });
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), cert]);
  return { cert, key };
}

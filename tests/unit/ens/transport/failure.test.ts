import assert from "node:assert/strict";
import { isOfCertificate, OutOfTime, readFailure } from "../../../../provider/ens/transport/failure";

function failureOf(code: string) {
  return readFailure(Object.assign(new Error("https://ens.aliyuncs.com/?Signature=canary failed"), { code }));
}

describe("failures of the network", () => {
  for (const [code, why, mayHaveArrived] of [
    ["ECONNREFUSED", "nothing listens there", false],
    ["ECONNRESET", "the connection was reset", true],
    ["EPIPE", "the connection was closed", true],
    ["EHOSTUNREACH", "the host is unreachable", false],
    ["ENETUNREACH", "the network is unreachable", false],
    ["ENOTFOUND", "the host name is unknown", false],
    ["EAI_AGAIN", "the host name could not be looked up", false],
    ["ETIMEDOUT", "the connection timed out", true],
  ] as const) {
    it(`may pass, such as ${code}`, () => {
      assert.deepEqual(failureOf(code), { why: `${why} (${code})`, transient: true, mayHaveArrived });
    });
  }

  it("may pass, such as an answer that takes too long", () => {
    assert.deepEqual(readFailure(new OutOfTime(1500)), {
      why: "no answer within 1.5 s",
      transient: true,
      mayHaveArrived: true,
    });
  });

  for (const code of [
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "CERT_HAS_EXPIRED",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "ERR_SSL_WRONG_VERSION_NUMBER",
    "HPE_INVALID_CONSTANT",
  ]) {
    it(`may last, such as ${code}`, () => {
      const failure = failureOf(code);
      assert.equal(failure?.transient, false);
      assert.ok(failure?.why.endsWith(`(${code})`));
      // Before a certificate is trusted nothing is sent.
      assert.equal(failure?.mayHaveArrived, !isOfCertificate(Object.assign(new Error(), { code })));
    });
  }

  it("are nothing else than the network's", () => {
    assert.equal(failureOf("SOMETHING_ELSE"), undefined);
    assert.equal(readFailure(new TypeError("x is not a function")), undefined);
    assert.equal(readFailure(undefined), undefined);
  });
});

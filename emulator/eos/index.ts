import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { defined } from "../defined";
import { Refusal } from "../refusal";
import { pause, showFault } from "../show-fault";
import type { SeenRequest } from "../world/seen-request";
import type { World } from "../world/world";
import { authenticate } from "./authenticate";
import { copyObject } from "./copy-object";
import { Cors } from "./cors";
import { deleteObjects, listObjects } from "./listings";
import { MultipartUploads } from "./multipart";
import { notImplemented, refuseForeign } from "./not-implemented";
import { type ObjectRequest, readObjectRequest } from "./object-request";
import { type Reply, xml } from "./reply";
import { send } from "./send";
import { deleteObject, getObject, type KeyedRequest, putObject } from "./single-objects";

/** The object storage behind ENS: what `ali-oss` and the vendor's other clients of it talk to. */
export class ObjectStorage {
  readonly #world: World;
  readonly #multipart: MultipartUploads;
  readonly #cors = new Cors();

  constructor(world: World) {
    this.#world = world;
    this.#multipart = new MultipartUploads(world.objects);
  }

  /** Answers one request; hosts that are not of `ownHosts` have the bucket as their first label. */
  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    ownHosts: readonly string[],
  ): Promise<SeenRequest> {
    const requestId = randomBytes(12).toString("hex").toUpperCase();
    let decoded: ObjectRequest | undefined;
    let accessKeyId: string | undefined;
    let code: string | undefined;
    let reply: Reply;
    const seen = (status: number): SeenRequest => ({
      time: this.#world.now(),
      service: "oss",
      action: request.method ?? "GET",
      status,
      requestId,
      ...defined({
        bucketName: decoded?.bucket,
        accessKeyId,
        userAgent: request.headers["user-agent"],
        code,
      }),
    });
    try {
      decoded = await readObjectRequest(request, ownHosts);
      const fault = this.#world.faults.take({
        service: "oss",
        bucketName: decoded.bucket,
        method: decoded.method,
      });
      await pause(fault?.delayMs ?? 0);
      if (fault !== undefined && fault.kind !== "error") {
        const shown = showFault(fault, response);
        code = shown.code;
        return seen(shown.status);
      }
      if (fault !== undefined) {
        throw new Refusal(fault.code, fault.status ?? 400, fault.message ?? "Set by fail().", fault.headers);
      }
      if (decoded.method === "OPTIONS") {
        reply = this.#cors.preflight(decoded);
      } else {
        accessKeyId = authenticate(decoded, this.#world).accessKeyId;
        reply = this.#operate(decoded);
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      code = error.code;
      reply = this.#refusal(error, request, requestId);
    }
    const allowed = decoded === undefined ? {} : this.#cors.headers(decoded);
    send(request, response, { ...reply, headers: { ...reply.headers, ...allowed } }, requestId);
    return seen(reply.status);
  }

  #refusal(error: Refusal, request: IncomingMessage, requestId: string): Reply {
    const refusal = xml(error.status, "Error", {
      Code: error.code,
      Message: error.message,
      RequestId: requestId,
      HostId: request.headers.host ?? "",
    });
    return { ...refusal, headers: { ...error.headers, ...refusal.headers } };
  }

  #operate(request: ObjectRequest): Reply {
    const { bucket } = request;
    if (bucket === undefined) throw notImplemented();
    if (!this.#world.buckets.hasPhysical(bucket)) {
      throw new Refusal("NoSuchBucket", 404, "The specified bucket does not exist.");
    }
    refuseForeign(request);
    const keyed = { ...request, bucket };
    return request.key === "" ? this.#bucketOperation(keyed) : this.#objectOperation(keyed);
  }

  #bucketOperation(request: KeyedRequest): Reply {
    const { method, query } = request;
    if (query.has("cors")) return this.#corsOperation(request);
    if (method === "POST" && query.has("delete")) return deleteObjects(this.#world.objects, request);
    if (method === "GET" && query.has("uploads")) return this.#multipart.listUploads(request);
    if (method === "GET") return listObjects(this.#world.objects, request);
    throw notImplemented();
  }

  #corsOperation(request: KeyedRequest): Reply {
    switch (request.method) {
      case "PUT":
        return this.#cors.put(request);
      case "GET":
        return this.#cors.get(request);
      case "DELETE":
        return this.#cors.delete(request);
      default:
        throw notImplemented();
    }
  }

  #objectOperation(request: KeyedRequest): Reply {
    const { method, query } = request;
    const now = this.#world.now();
    const inParts = query.has("uploadId");
    const source = request.headers["x-oss-copy-source"];
    switch (method) {
      case "PUT":
        if (source === undefined) {
          return inParts
            ? this.#multipart.putPart(request, now)
            : putObject(this.#world.objects, request, now);
        }
        if (inParts) throw notImplemented();
        return copyObject(
          this.#world.objects,
          request,
          source,
          (name) => this.#world.buckets.hasPhysical(name),
          now,
        );
      case "GET":
        return inParts ? this.#multipart.listParts(request) : getObject(this.#world.objects, request);
      case "HEAD":
        return getObject(this.#world.objects, request);
      case "DELETE":
        return inParts ? this.#multipart.abort(request) : deleteObject(this.#world.objects, request);
      case "POST":
        if (query.has("uploads")) return this.#multipart.initiate(request, now);
        if (inParts) return this.#multipart.complete(request, now);
        throw notImplemented();
      default:
        throw new Refusal(
          "MethodNotAllowed",
          405,
          "The specified method is not allowed against this resource.",
        );
    }
  }
}

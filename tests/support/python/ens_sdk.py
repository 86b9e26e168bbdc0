"""Calls actions with the vendor's SDK: one JSON request a line in, one JSON answer a line out."""

import json
import re
import sys

from alibabacloud_ens20171110 import models
from alibabacloud_ens20171110.client import Client
from alibabacloud_tea_openapi import models as open_api_models
from alibabacloud_tea_util.models import RuntimeOptions

runtime = RuntimeOptions(autoretry=False)


def ask(client, action, parameters, in_form):
    """The answer of an action by the method that the SDK has for it, which puts parameters into the query."""
    method = re.sub(r"(?<!^)(?=[A-Z])", "_", action).lower() + "_with_options"
    if hasattr(client, method) and not in_form:
        question = getattr(models, f"{action}Request")().from_map(parameters)
        return getattr(client, method)(question, runtime).body.to_map()
    # An action that is not documented has no method; and before 8.0.0 PutBucket was sent as a form.
    params = open_api_models.Params(
        action=action,
        version="2017-11-10",
        protocol="HTTPS",
        pathname="/",
        method="POST",
        auth_type="AK",
        style="RPC",
        req_body_type="formData",
        body_type="json",
    )
    request = open_api_models.OpenApiRequest(**{"body" if in_form else "query": parameters})
    return client.call_api(params, request, runtime)["body"]


def call(request):
    client = Client(
        open_api_models.Config(
            access_key_id=request["accessKeyId"],
            access_key_secret=request["accessKeySecret"],
            security_token=request.get("securityToken"),
            endpoint=request["endpoint"],
            protocol="http",
        )
    )
    try:
        return {"body": ask(client, request["action"], request["parameters"], request.get("inForm"))}
    except Exception as error:  # The SDK's errors have no base of their own across its versions.
        if not hasattr(error, "code"):
            raise
        data = getattr(error, "data", None) or {}
        status = getattr(error, "statusCode", None) or getattr(error, "status_code", None)
        return {"code": error.code, "status": status or data.get("statusCode")}


for line in sys.stdin:
    print(json.dumps(call(json.loads(line))), flush=True)

"""Calls PrepareUpload with the vendor's SDK: one JSON request a line in, one JSON answer a line out."""

import json
import sys

from alibabacloud_ens20171110 import models
from alibabacloud_ens20171110.client import Client
from alibabacloud_tea_openapi import models as open_api_models
from alibabacloud_tea_util.models import RuntimeOptions


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
    question = models.PrepareUploadRequest(
        bucket_name=request.get("bucketName"), client_ip=request.get("clientIp")
    )
    try:
        body = client.prepare_upload_with_options(question, RuntimeOptions(autoretry=False)).body
    except Exception as error:  # The SDK's errors have no base of their own across its versions.
        if not hasattr(error, "code"):
            raise
        data = getattr(error, "data", None) or {}
        status = getattr(error, "statusCode", None) or getattr(error, "status_code", None)
        return {"code": error.code, "status": status or data.get("statusCode")}
    return {
        "physicalBucketName": body.bucket_name,
        "endpoint": body.endpoint,
        "requestId": body.request_id,
    }


for line in sys.stdin:
    print(json.dumps(call(json.loads(line))), flush=True)

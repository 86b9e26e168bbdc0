"""Lists and reads all objects of a bucket with the vendor's SDK; prints a line of JSON for each."""

import hashlib
import json
import sys

import oss2

endpoint, bucket_name, key_id, secret = sys.argv[1:]
bucket = oss2.Bucket(oss2.Auth(key_id, secret), endpoint, bucket_name, is_path_style=True)


def read(key):
    # The SDK asks by a URL, in which these are steps up.
    if ".." in key.split("/"):
        return {}
    answer = bucket.get_object(key)
    headers = answer.headers.items()
    return {
        "md5": hashlib.md5(answer.read()).hexdigest(),
        "type": answer.headers["Content-Type"],
        "meta": {name[11:]: value for name, value in headers if name.startswith("x-oss-meta-")},
    }


for listed in oss2.ObjectIterator(bucket):
    print(json.dumps({"key": listed.key, "etag": listed.etag, **read(listed.key)}))

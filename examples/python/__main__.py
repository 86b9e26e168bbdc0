import pulumi
import pulumi_alicloud_ens as ens

bucket = ens.Bucket("site", bucket_acl="public-read")

# Where the bucket physically is.
place = ens.PreparedUpload("site", bucket_name=bucket.bucket_name)

# Every file in `site/`.
site = ens.BucketFolder(
    "site",
    bucket_name=bucket.bucket_name,
    path="site",
    file_options=[{"files": "**/*.html", "cache_control": "no-cache"}],
)

pulumi.export("files", site.file_count)
pulumi.export("uploads", place.target)

import pulumi
import pulumi_alicloud_ens as ens

config = pulumi.Config()

# Its name is made from that of the stack, the same at every `pulumi up`.
bucket = ens.Bucket("storage", bucket_acl=config.require("bucketAcl"))

# Where the bucket physically is.
place = ens.PreparedUpload("storage", bucket_name=bucket.bucket_name)

# Every file in `files/`.
files = ens.BucketFolder("files", bucket_name=bucket.bucket_name, path="files")

pulumi.export("fileCount", files.file_count)
pulumi.export("uploads", place.target)

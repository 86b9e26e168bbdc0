package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	ens "pulumi-alicloud-ens/sdk/go/alicloudens"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		bucket, err := ens.NewBucket(ctx, "site", &ens.BucketArgs{
			BucketAcl: pulumi.String("public-read"),
		})
		if err != nil {
			return err
		}

		// Where the bucket physically is.
		place, err := ens.NewPreparedUpload(ctx, "site", &ens.PreparedUploadArgs{
			BucketName: bucket.BucketName,
		})
		if err != nil {
			return err
		}

		// Every file in `site/`.
		site, err := ens.NewBucketFolder(ctx, "site", &ens.BucketFolderArgs{
			BucketName: bucket.BucketName,
			Path:       pulumi.String("site"),
			FileOptions: ens.FileOptionArray{
				ens.FileOptionArgs{Files: pulumi.String("**/*.html"), CacheControl: pulumi.String("no-cache")},
			},
		})
		if err != nil {
			return err
		}

		ctx.Export("files", site.FileCount)
		ctx.Export("uploads", place.Target)
		return nil
	})
}

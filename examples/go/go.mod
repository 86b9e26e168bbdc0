module edge-site

go 1.25

require (
	github.com/pulumi/pulumi/sdk/v3 v3.256.0
	pulumi-alicloud-ens/sdk/go v0.0.0
)

// As npm installs it.
replace pulumi-alicloud-ens/sdk/go => ./node_modules/pulumi-alicloud-ens/sdk/go

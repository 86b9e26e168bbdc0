// Buckets of Alibaba Cloud's edge object storage (EOS), the objects in them, and where they physically are, by PrepareUpload of its Edge Node Service while `pulumi up` runs.
package alicloudens

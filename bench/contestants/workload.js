// What every contestant is to ask for.
const resources = Number(process.env.BENCH_RESOURCES);

module.exports = {
  bucketName: process.env.BENCH_BUCKET,
  atOnce: Number(process.env.BENCH_AT_ONCE),
  addresses: Object.fromEntries(
    Array.from({ length: resources }, (_, n) => [`site-${n}`, `203.0.${n >> 8}.${n & 255}`]),
  ),
};

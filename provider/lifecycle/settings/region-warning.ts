import { ensEndpoint } from "../../ens/endpoint";
import { nearestName, nearestWithin } from "../../ens/text/nearest-name";
import { printable } from "../../ens/text/printable";
import type { Lookup } from "./lookup";
import { readEndpoint } from "./read-endpoint";

/**
 * The regions of Alibaba Cloud, to see what was probably meant by another.
 *
 * @see https://www.alibabacloud.com/help/en/ecs/product-overview/regions-and-zones
 */
const knownRegions = `
  cn-hangzhou cn-shanghai cn-beijing cn-shenzhen cn-qingdao cn-zhangjiakou cn-huhehaote cn-wulanchabu cn-chengdu
  cn-guangzhou cn-heyuan cn-hongkong cn-nanjing cn-fuzhou cn-wuhan-lr cn-zhengzhou-jva cn-hangzhou-finance
  cn-shanghai-finance-1 cn-shenzhen-finance-1 cn-beijing-finance-1 cn-north-2-gov-1 ap-southeast-1
  ap-southeast-2 ap-southeast-3 ap-southeast-5 ap-southeast-6 ap-southeast-7 ap-northeast-1 ap-northeast-2
  ap-south-1 us-west-1 us-east-1 us-southeast-1 na-south-1 eu-central-1 eu-west-1 me-east-1 me-central-1
`
  .trim()
  .split(/\s+/);

/**
 * What is said of a region that is probably misspelt: it chooses where ENS is asked, and one that is not known chooses the
 * endpoint of most regions. One that is written as regions are and is like no other may be new, and is not spoken of.
 * `undefined` where there is nothing to say, also where an endpoint is set, which is stronger.
 */
export function regionWarning(lookup: Lookup): string | undefined {
  const found = lookup.find("region");
  if (found === undefined || isKnown(found.value) || readEndpoint(lookup, "ens", []) !== undefined)
    return undefined;
  const isWellFormed = /^[a-z]{2}(-[a-z0-9]+)+$/.test(found.value);
  const nearest = isWellFormed
    ? nearestWithin(found.value, knownRegions, 2)
    : nearestName(found.value, knownRegions);
  if (isWellFormed && nearest === undefined) return undefined;
  const meant = nearest === undefined ? "A region is written like cn-hangzhou." : `Did you mean ${nearest}?`;
  return (
    `"${printable(found.value, 40)}" is no region that is known (${found.from}), so ENS is asked at ` +
    `${ensEndpoint(undefined).host}. ${meant} Set it: ${found.howToSet(nearest ?? "cn-hangzhou")}.`
  );
}

/** A region that differs in its number alone is a new one. */
function isKnown(region: string): boolean {
  const withoutNumber = (text: string) => text.replace(/-\d+$/, "-");
  return knownRegions.some((known) => withoutNumber(known) === withoutNumber(region));
}

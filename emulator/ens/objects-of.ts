import type { ObjectInfo } from "../eos/object-store";
import type { World } from "../world/world";

/** The objects of a logical bucket by key, wherever it is or was; the newest of a key counts. */
export function objectsOf({ buckets, objects }: World, name: string): readonly ObjectInfo[] {
  const byKey = new Map<string, ObjectInfo>();
  for (const info of buckets.physicalOf(name).flatMap((physical) => objects.list(physical))) {
    const other = byKey.get(info.key);
    if (other === undefined || other.lastModified < info.lastModified) byKey.set(info.key, info);
  }
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

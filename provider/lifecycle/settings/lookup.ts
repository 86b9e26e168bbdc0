import type { HowToSet } from "../../ens/how-to-set";
import type { Assignment, Place } from "./place";
import { argumentsPlace, assignments, configurationPlace, environmentPlace } from "./place";
import { providerNameKey } from "./provider-name-key";
import type { SettingName } from "./variables";
import { isPart, settingAt, variablesOf } from "./variables";

/** Reads one key of what Pulumi configured the process with. */
export type ConfigReader = (key: string) => string | undefined;

/** A value and where it was found. */
export interface Found {
  readonly value: string;
  /** The exact place, in words: `stack configuration alicloud:accessKey`. */
  readonly from: string;
  /** The key, argument or variable: `alicloud:accessKey`. */
  readonly label: string;
  /**
   * 0 for `alicloud-ens:` or an argument of a provider, 1 for `alicloud:`, and from 2 on the families of variables:
   * `ALICLOUD_*`, `ALIBABA_CLOUD_*`, `ALIBABACLOUD_*`; a lower rank is stronger.
   */
  readonly rank: number;
  /** How the user sets it where it was found, ready to copy. */
  howToSet(value: string | number): string;
  /** How the user removes it there. */
  readonly howToRemove: string;
  /** Another setting or a part of this one, at the same place. */
  at(path: string, value?: string): Found;
}

/** The first rank of the environment. */
export const environmentRank = 2;

/** Where Pulumi's configuration has settings, the strongest first. */
const namespaces = ["alicloud-ens", "alicloud"];

/** By family and position, so that settings of one place are told together. */
const environmentPlaces = [0, 1, 2].map((family) =>
  [0, 1].map((position) => environmentPlace(family, position)),
);

interface Candidate {
  readonly place: Place;
  readonly rank: number;
  read(): string | undefined;
}

/** Looks settings up in all their places. */
export class Lookup {
  /** Where all settings come from that are not in the environment, the strongest first. */
  readonly #places: readonly [Place, ...Place[]];
  readonly #config: ConfigReader;
  readonly #env: NodeJS.ProcessEnv;

  /** @param places - Where the front has settings, the strongest first. Default: where dynamic providers have them. */
  constructor(config: ConfigReader, env: NodeJS.ProcessEnv, places?: readonly [Place, ...Place[]]) {
    this.#config = config;
    this.#env = env;
    this.#places = places ?? dynamicPlaces(config(providerNameKey));
  }

  /** The value of the strongest place that has one. An empty value does not count. */
  find(name: SettingName, accept: (rank: number) => boolean = () => true): Found | undefined {
    for (const { place, rank, read } of this.#candidates(name)) {
      const value = accept(rank) ? read()?.trim() : undefined;
      if (value) return foundAt(place, name, rank, value);
    }
    return undefined;
  }

  /** Every place a setting is looked for in, as one line. */
  whereabouts(name: SettingName): string {
    return this.#candidates(name)
      .map(({ place }) => place.label(name))
      .join(", ");
  }

  /** A setting's name in messages, where it was not found: the key or argument that the user should set. */
  nameOf(path: string): string {
    return this.#places[0].label(path);
  }

  /**
   * How the user sets these settings, each where it was found. One that was found nowhere belongs to where the others
   * were; where none was found, that is our own namespace, or the arguments of the provider.
   */
  readonly howToSet: HowToSet = (values) => {
    const wanted = assignments(values);
    const found = wanted.map(([path]) => this.#placeOf(path));
    const beside = found.find((place) => place !== undefined);
    const groups = new Map<Place, Assignment[]>();
    wanted.forEach(([path, value], index) => {
      const place = found[index] ?? this.#placeBeside(path, beside);
      groups.set(place, [...(groups.get(place) ?? []), [path, value]]);
    });
    return [...groups].map(([place, group]) => place.howToSet(group)).join(" and ");
  };

  #placeOf(path: string): Place | undefined {
    const names = [settingAt(/^[^.[]*/.exec(path)?.[0] ?? ""), settingAt(path)];
    return names
      .flatMap((name) => (name === undefined ? [] : this.#candidates(name)))
      .sort((one, other) => one.rank - other.rank)
      .find(({ read }) => read()?.trim())?.place;
  }

  #placeBeside(path: string, place: Place | undefined): Place {
    const name = settingAt(path);
    const isThere =
      name !== undefined && this.#candidates(name).some((candidate) => candidate.place === place);
    return isThere && place !== undefined ? place : this.#places[0];
  }

  #candidates(name: SettingName): readonly Candidate[] {
    const places = isPart(name) ? [] : this.#places;
    return [
      ...places.map((place, rank) => ({
        place,
        rank,
        read: () => this.#config(`${namespaces[rank]}:${name}`),
      })),
      ...variablesOf(name).flatMap((family, index) =>
        family.map((variable, position) => ({
          place: environmentPlaces[index]?.[position] ?? environmentPlace(index, position),
          rank: index + environmentRank,
          read: () => this.#env[variable],
        })),
      ),
    ];
  }
}

function dynamicPlaces(provider: string | undefined): readonly [Place, ...Place[]] {
  if (provider !== undefined) return [argumentsPlace(provider)];
  return [configurationPlace("alicloud-ens"), configurationPlace("alicloud")];
}

function foundAt(place: Place, path: string, rank: number, value: string): Found {
  const label = place.label(path);
  return {
    value,
    label,
    from: `${place.kind} ${label}`,
    rank,
    howToSet: (other) => place.howToSet([[path, other]]),
    howToRemove: place.howToRemove(path),
    at: (other, otherValue = "") => foundAt(place, other, rank, otherValue),
  };
}

/** Settings by name, each with the value to set: `{ accessKey: "<id>" }`. */
export interface SettingValues {
  readonly [name: string]: string | number | SettingValues | readonly SettingValues[];
}

/** How the user sets these settings, ready to copy: commands, or the arguments of a `Provider`. For remedies. */
export type HowToSet = (values: SettingValues) => string;

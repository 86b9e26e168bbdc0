/** Settings by name, with what they are to be: `{ accessKey: "<id>" }`. */
export interface SettingValues {
  readonly [name: string]: string | number | SettingValues | readonly SettingValues[];
}

/** How the user sets these settings, ready to copy: commands, or the arguments of a provider. For remedies. */
export type HowToSet = (values: SettingValues) => string;

/** What the engine starts, on Linux and macOS and on Windows. Each runs `main.js` beside it with the Node of the PATH. */
export const launchers = {
  "pulumi-resource-alicloud-ens": `#!/bin/sh
if ! command -v node >/dev/null; then
  echo "The plugin alicloud-ens needs Node.js 20 or later on the PATH: https://nodejs.org" >&2
  exit 1
fi
exec node "$(dirname "$0")/main.js" "$@"
`,
  "pulumi-resource-alicloud-ens.cmd": `@echo off
where node >nul 2>nul
if errorlevel 1 (
  echo The plugin alicloud-ens needs Node.js 20 or later on the PATH: https://nodejs.org 1>&2
  exit /b 1
)
node "%~dp0main.js" %*
`.replaceAll("\n", "\r\n"),
};

import type { Sample, Spread } from "../samples";

export interface Line {
  readonly name: Sample["contestant"];
  readonly points: readonly { readonly size: number; readonly value: Spread }[];
}

export interface PlotOptions {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly Line[];
}

const width = 640;
const height = 360;
const frame = { left: 64, right: 560, top: 44, bottom: 312 };

/** Colours that colour-blind readers can tell apart, on light and on dark. Each line also has its name at its end. */
const hues: Readonly<Record<Sample["contestant"], string>> = {
  ours: "#0072b2",
  plugin: "#56b4e9",
  plain: "#d55e00",
  idle: "#8a8a8a",
  node: "#009e73",
  many: "#cc79a7",
  empty: "#8a8a8a",
  folder: "#0072b2",
  "folder-plugin": "#56b4e9",
  objects: "#e69f00",
  dynamic: "#d55e00",
  "ali-oss": "#009e73",
  reading: "#cc79a7",
};

/** Lines over N, both axes logarithmic, with the spread as bars; legible on light and on dark pages. */
export function plot({ title, unit, lines }: PlotOptions): string {
  const points = lines.flatMap((line) => line.points);
  const across = axis(
    points.map(({ size }) => size),
    frame.left,
    frame.right,
  );
  const up = axis(
    points.flatMap(({ value }) => [value.least, value.most]),
    frame.bottom,
    frame.top,
  );
  const labels = spaced(lines.map((line) => up.at(line.points.at(-1)?.value.median ?? 1)));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}, ${unit}, against N">
<style>
text { font: 12px system-ui, sans-serif; fill: #333 }
.title { font-size: 15px; font-weight: 600 }
.grid { stroke: #8884; fill: none }
@media (prefers-color-scheme: dark) { text { fill: #ddd } }
</style>
<text class="title" x="${frame.left}" y="24">${title}, ${unit}</text>
${up.ticks.map((tick) => `<path class="grid" d="M${frame.left} ${up.at(tick)}H${frame.right}"/><text x="${frame.left - 8}" y="${up.at(tick) + 4}" text-anchor="end">${tick}</text>`).join("\n")}
${across.ticks.map((tick) => `<path class="grid" d="M${across.at(tick)} ${frame.top}V${frame.bottom}"/><text x="${across.at(tick)}" y="${frame.bottom + 20}" text-anchor="middle">${tick}</text>`).join("\n")}
<text x="${(frame.left + frame.right) / 2}" y="${frame.bottom + 40}" text-anchor="middle">N</text>
${lines.map((line, index) => drawLine(line, labels[index] ?? 0)).join("\n")}
</svg>
`;

  function drawLine({ name, points }: Line, label: number): string {
    const place = points.map(({ size, value }) => `${across.at(size)} ${up.at(value.median)}`);
    const dots = points.map(
      ({ size, value }) =>
        `<circle cx="${across.at(size)}" cy="${up.at(value.median)}" r="3" fill="${hues[name]}"/>` +
        `<path d="M${across.at(size)} ${up.at(value.least)}V${up.at(value.most)}"/>`,
    );
    return `<g stroke="${hues[name]}" stroke-width="2" fill="none"><path d="M${place.join("L")}"/>${dots.join("")}</g><text x="${frame.right + 10}" y="${label + 4}">${name}</text>`;
  }
}

interface Axis {
  readonly ticks: readonly number[];
  at(value: number): number;
}

/** Logarithmic, from one power of ten to another, with 2 and 5 between them where there are few. */
function axis(values: readonly number[], start: number, end: number): Axis {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  const powers = Array.from({ length: high - low + 1 }, (_, step) => 10 ** (low + step));
  const between = high - low <= 2 ? powers.slice(0, -1).flatMap((power) => [2 * power, 5 * power]) : [];
  return {
    ticks: [...powers, ...between].map((tick) => Number(tick.toPrecision(1))),
    at: (value) => Math.round(start + ((Math.log10(value) - low) / (high - low)) * (end - start)),
  };
}

/** The same heights, moved apart so that no two labels overlap. */
function spaced(heights: readonly number[]): readonly number[] {
  const moved = [...heights];
  let previous = Number.NEGATIVE_INFINITY;
  for (const [index] of [...heights.entries()].sort(([, a], [, b]) => a - b)) {
    previous = Math.max(moved[index] ?? 0, previous + 14);
    moved[index] = previous;
  }
  return moved;
}

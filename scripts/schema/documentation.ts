import ts from "typescript";

/** What a declaration's doc comment says to users of any language: its text before the first tag, and its `@see`. */
export function descriptionOf(node: ts.Node): string {
  const comment = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1);
  if (comment === undefined) return "";
  // The compiler takes the scheme of a link for a name.
  const links = (comment.tags ?? []).flatMap((tag) => /^@see (https:\S+)/.exec(tag.getText())?.[1] ?? []);
  return [textOf(comment), ...links.map((link) => `See ${link}`)].join("\n\n");
}

/** Whether a doc comment has a tag. */
export function hasTag(node: ts.Node, name: string): boolean {
  return ts.getJSDocTags(node).some((tag) => tag.tagName.text === name);
}

function textOf({ comment }: ts.JSDoc | ts.JSDocTag): string {
  return (ts.getTextOfJSDocComment(comment) ?? "")
    .replace(/\{@link\s+([^}\s|]+)[^}]*\}/g, "`$1`")
    .replaceAll("*\\/", "*/")
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replace(/\s*\n\s*/g, " ").trim())
    .join("\n\n");
}

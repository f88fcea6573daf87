/** Components as text: what a tree of them puts on the page, without a page. Hooks do not work in it. */

/** The text that somebody hears, in order; what is hidden from them is left out. */
export function textOf(tree) {
  return pieces(tree).join("").replaceAll(/\s+/g, " ").trim();
}

/** Every element with this class, as `{ props, text }`. */
export function all(tree, name) {
  return elements(tree).filter(({ props }) => `${props.class ?? ""}`.split(" ").includes(name));
}

function pieces(tree) {
  if (tree === null || tree === undefined || typeof tree === "boolean") return [];
  if (Array.isArray(tree)) return tree.flatMap(pieces);
  if (typeof tree !== "object") return [String(tree)];
  if (typeof tree.type === "function") return pieces(drawn(tree));
  if (tree.props["aria-hidden"] === "true") return [];
  return pieces(tree.props.children);
}

function elements(tree) {
  if (Array.isArray(tree)) return tree.flatMap(elements);
  if (tree === null || typeof tree !== "object") return [];
  if (typeof tree.type === "function") return elements(drawn(tree));
  return [{ type: tree.type, props: tree.props, text: textOf(tree) }, ...elements(tree.props.children)];
}

function drawn({ type, props }) {
  return type.prototype?.render ? new type(props).render() : type(props);
}

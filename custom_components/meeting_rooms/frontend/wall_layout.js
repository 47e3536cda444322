// @ts-check
/** How the rooms of a board fill a screen on the wall. */

/** Pixels around the board, between groups and between panels, and the height of a group's heading. */
const PADDING = 24;
const GROUP_GAP = 20;
const GAP = 16;
const HEADING = 64;
const MOST_COLUMNS = 12;
const LARGEST = 2;

/**
 * The size of a panel at scale 1: with the state and its time in one line, or in two or three. No text is smaller
 * than 32 px then.
 */
const PANELS = [
  { width: 340, height: 145 },
  { width: 250, height: 196 },
];

/** @typedef {{ columns: number, scale: number, height: number }} WallLayout the height of a panel in pixels */

/**
 * Return the layout with the largest panels in which all rooms are on the screen.
 * @param {number[]} sizes the number of rooms in each group
 * @param {number} width of the screen
 * @param {number} height of the screen
 * @returns {WallLayout}
 */
export function wallLayout(sizes, width, height) {
  const layouts = Array.from({ length: MOST_COLUMNS - 1 }, (_, index) => index + 2)
    .flatMap((columns) => PANELS.map((panel) => layoutOf(columns, panel, width)))
    .sort((a, b) => b.scale - a.scale);
  const fits = layouts.find((layout) => heightOf(layout, sizes) <= height);
  return fits ?? layouts[layouts.length - 1];
}

/**
 * @param {number} columns
 * @param {{ width: number, height: number }} panel
 * @param {number} width
 * @returns {WallLayout}
 */
function layoutOf(columns, panel, width) {
  const available = (width - 2 * PADDING - (columns - 1) * GAP) / columns;
  const scale = Math.min(LARGEST, available / panel.width);
  return { columns, scale, height: panel.height * scale };
}

/**
 * Return the height of the board.
 * @param {WallLayout} layout
 * @param {number[]} sizes
 */
function heightOf(layout, sizes) {
  const groups = sizes.map((size) => {
    const rows = rowsOf(size, layout);
    return HEADING + rows * layout.height + (rows - 1) * GAP;
  });
  const gaps = GROUP_GAP * (sizes.length - 1);
  return groups.reduce((sum, group) => sum + group, gaps + 2 * PADDING);
}

/**
 * Return the number of rows of a group.
 * @param {number} size
 * @param {WallLayout} layout
 */
export function rowsOf(size, { columns }) {
  return Math.ceil(size / columns);
}

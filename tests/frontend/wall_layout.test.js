// @ts-check
import { describe, expect, it } from "vitest";
import { wallLayout } from "../../custom_components/meeting_rooms/frontend/wall_layout.js";

describe("the layout of a wall", () => {
  it("makes the panels of a few rooms large", () => {
    expect(wallLayout([4], 1920, 1080)).toMatchObject({ columns: 2, scale: 2 });
  });

  it.each([[[7, 7, 7]], [[10, 10]], [[24]], [[5, 5, 5, 5]]])(
    "shows the rooms of %j in full size",
    (sizes) => {
      expect(wallLayout(sizes, 1920, 1080).scale).toBeGreaterThanOrEqual(0.98);
    },
  );

  it.each([[[30]], [[40]], [[20, 20, 20]], [[60]]])(
    "shows all of %j, in smaller panels",
    (sizes) => {
      const { columns, height } = wallLayout(sizes, 1920, 1080);
      const rows = sizes.reduce((sum, size) => sum + Math.ceil(size / columns), 0);
      expect(rows * height).toBeLessThan(1080);
    },
  );

  it("uses a larger screen for larger panels", () => {
    const [small, large] = [1920, 3840].map((width) => wallLayout([20], width, width * 0.5625));
    expect(large.scale).toBeGreaterThan(small.scale);
  });

  it("shows what fits of more rooms than a screen has room for", () => {
    expect(wallLayout([1000], 1920, 1080).columns).toBe(12);
  });
});

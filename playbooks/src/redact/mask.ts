export type Mask = {
  /** Marks `[start, end)` as secret. Line breaks inside stay. */
  hide: (start: number, end: number) => void;
  apply: () => string;
};

/** Collects ranges of one text and replaces them by asterisks at the end. */
export function createMask(text: string): Mask {
  const ranges: { start: number; end: number }[] = [];
  return {
    hide: (start, end) => {
      if (end > start) ranges.push({ start, end });
    },
    apply: () => {
      ranges.sort((one, other) => one.start - other.start);
      const out: string[] = [];
      let at = 0;
      for (const { start, end } of ranges) {
        if (end <= at) continue;
        const from = Math.max(at, start);
        out.push(text.slice(at, from), text.slice(from, end).replace(/[^\n\r]/g, '*'));
        at = end;
      }
      out.push(text.slice(at));
      return out.join('');
    },
  };
}

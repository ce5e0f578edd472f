import type { LifecycleImage } from "../images/image.js";
import { compareNumbers } from "../version-numbers.js";
import { buildOfArn } from "./image-arn.js";
import type { RecipeGroups } from "./recipe-groups.js";

const DIGIT = 2 ** 16;

/**
 * Sorts positions of images, the newest first; of images with the same date, the one with the higher version and build is newer. It is a
 * radix sort by date, which takes linear time.
 */
export function newestFirst(images: readonly LifecycleImage[], { versionOf, versions }: RecipeGroups, positions: Int32Array): Int32Array {
  const numbers = (position: number) => versions[versionOf[position] as number]?.numbers ?? [];
  const arn = (position: number) => (images[position] as LifecycleImage).arn;
  const compare = (a: number, b: number) =>
    compareNumbers(numbers(a), numbers(b)) || buildOfArn(arn(a)) - buildOfArn(arn(b)) || (arn(a) < arn(b) ? -1 : 1);
  const ages = agesOf(images, positions);
  const order = sortByAge(ages);
  for (let start = 0, end: number; start < order.length; start = end) {
    const age = ages[order[start] as number];
    for (end = start; end < order.length && ages[order[end] as number] === age; end++)
      order[end] = positions[order[end] as number] as number;
    if (end - start > 1) order.subarray(start, end).sort((a, b) => compare(b, a));
  }
  return order;
}

/** For each position, the milliseconds from its image's creation to that of the newest image. */
function agesOf(images: readonly LifecycleImage[], positions: Int32Array): Float64Array {
  const ages = new Float64Array(positions.length);
  let newest = -Infinity;
  for (let place = 0; place < ages.length; place++) {
    const { dateCreated } = images[positions[place] as number] as LifecycleImage;
    newest = Math.max(newest, dateCreated);
    ages[place] = dateCreated;
  }
  for (let place = 0; place < ages.length; place++) ages[place] = newest - (ages[place] as number);
  return ages;
}

/** A radix sort that reuses its arrays for every digit: allocating much memory would trigger a garbage collection over all images. */
function sortByAge(ages: Float64Array): Int32Array {
  let [order, sorted] = [new Int32Array(ages.length), new Int32Array(ages.length)];
  const digits = new Uint16Array(ages.length);
  for (let position = 0; position < order.length; position++) order[position] = position;
  const oldest = ages.reduce((most, age) => Math.max(most, age), 0);
  for (let unit = 1; unit <= oldest; unit *= DIGIT) {
    sortByDigit(order, sorted, digits, ages, unit);
    [order, sorted] = [sorted, order];
  }
  return order;
}

/** One pass; equal digits stay in their order. */
function sortByDigit(order: Int32Array, sorted: Int32Array, digits: Uint16Array, ages: Float64Array, unit: number): void {
  const starts = new Int32Array(DIGIT + 1);
  for (let place = 0; place < order.length; place++) {
    const digit = Math.floor((ages[order[place] as number] as number) / unit) & (DIGIT - 1);
    digits[place] = digit;
    starts[digit + 1] = (starts[digit + 1] as number) + 1;
  }
  for (let digit = 1; digit <= DIGIT; digit++) starts[digit] = (starts[digit] as number) + (starts[digit - 1] as number);
  for (let place = 0; place < order.length; place++) {
    const digit = digits[place] as number;
    sorted[starts[digit] as number] = order[place] as number;
    starts[digit] = (starts[digit] as number) + 1;
  }
}

/**
 * How much a project may hold. What comes from a file that somebody else made is held against these before it is used,
 * and what is stored is held against the same, so that nothing is stored that would not be read again. Each is far
 * above what work needs and far below what would make the window wait.
 */
export const limits = {
  /** Points of all rings of one shape. The outline of a 60-megapixel mask, not simplified, has some 60,000. */
  pointsOfShape: 200_000,
  /** Rings of one shape: outer rings and holes. */
  ringsOfShape: 20_000,
  /** Largest absolute value of a coordinate, image pixels; the largest images that can be read have sides of 65,535. */
  coordinate: 1_000_000,
  /** Prompts of one object; a person gives some ten. */
  prompts: 1_000,
  /** Objects of one image. */
  objectsOfImage: 20_000,
  /** The shapes of one image as text, bytes; a hundred detailed masks take 1 MB. */
  shapesOfImageBytes: 64 * 1024 * 1024,
  /** One shape as text, bytes. */
  shapeBytes: 8 * 1024 * 1024,
  /** One object's prompts as text, bytes. */
  promptsBytes: 256 * 1024,
  /** Classes of a project; the largest public set in use (Objects365, LVIS, Open Images) has some 20,000 at most. */
  classes: 20_000,
  /** A class name, characters. */
  className: 200,
  /** What is said of a class, characters. */
  classDescription: 2_000,
  /** A path inside the folder, bytes: Linux opens no longer one (PATH_MAX). */
  pathBytes: 4096,
  /** A note, as why an image is flagged, characters. */
  note: 1000,
  /** The name of a person, characters. */
  person: 200,
  /** Tags of one image, and characters of one. */
  tagsOfImage: 100,
  tag: 60,
  /** Attributes of a class or of an object, characters of the name of one, of a text in one, and choices of one. */
  attributes: 100,
  attributeName: 60,
  attributeText: 500,
  choices: 200,
  /** How far the model agreed about one object as text, bytes. */
  consistencyBytes: 1024,
  /** The attributes of one object as text, bytes. */
  attributesBytes: 256 * 1024,
  /** Groups and tracks are numbers up to this. */
  group: 2 ** 31 - 1,
  /** Records of one kind that one edit of the page adds, changes or removes; long work in the core has no such limit. */
  recordsOfEdit: 100_000,
  /** Images of a project. */
  images: 5_000_000,
} as const

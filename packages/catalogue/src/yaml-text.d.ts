/** A YAML file is imported as its text, which bundling includes. */
declare module "*.yaml" {
  const text: string;
  export default text;
}

/** A SQL file is imported as its text, which bundling includes. */
declare module "*.sql" {
  const text: string;
  export default text;
}

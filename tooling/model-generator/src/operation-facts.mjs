/** The operations by name: where each is, where the members of its request go that are not in the body, its shapes and its errors. */
export function operationFacts(model) {
  return Object.fromEntries(Object.entries(model.operations).map(([name, operation]) => [name, factsOf(operation, model.shapes)]));
}

function factsOf({ http, input, output, errors }, shapes) {
  const bound = (location) =>
    Object.fromEntries(
      Object.entries(shapes[input.shape].members)
        .filter(([, member]) => member.location === location)
        .map(([name, member]) => [name, member.locationName ?? name]),
    );
  const bindings = { labels: bound("uri"), query: bound("querystring"), headers: bound("header") };
  const inResponse = Object.values(shapes[output.shape].members).filter(({ location }) => location !== undefined);
  if (inResponse.length > 0) throw new Error(`a response member of ${output.shape} is not in the body, which nothing here expects`);
  return {
    method: http.method,
    path: http.requestUri,
    status: http.responseCode ?? 200,
    input: input.shape,
    output: output.shape,
    ...Object.fromEntries(Object.entries(bindings).filter(([, members]) => Object.keys(members).length > 0)),
    errors: errors.map(({ shape }) => shape),
  };
}

// The least that a server has to do: a fastify route with one query or one insert, equal to that of the API. Run as a process of its own.
import fastify from "fastify";
import pg from "pg";

const [url, arn] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 10 });
const server = fastify();
const read = `select * from resource where region = $1 and owner = $2 and kind = $3 and type = $4 and slug = $5
  and major = $6 and minor = $7 and patch = $8 and build = $9 order by major desc, minor desc, patch desc, build desc limit 1`;
const slug = arn.split("/")[1];
server.get("/GetComponent", async () => {
  const { rows } = await pool.query(read, ["us-east-1", "000000000000", "component", "component", slug, 1, 0, 0, 1]);
  return { component: rows[0] };
});
const columns = `region, owner, kind, type, slug, major, minor, patch, build, version, name, newest_build, newest_version, status, detail,
  digest, tags, created_at`;
const insert = `insert into resource (arn, document, ${columns}) select $1, $2, ${columns.replace("slug,", "$3,")} from bare_template`;
server.put("/CreateComponent", async (request) => {
  const { name, data } = request.body;
  await pool.query(insert, [`arn:of:${name}`, data, `bare-${name}`]);
  return { componentBuildVersionArn: name };
});
await server.listen({ port: 0, host: "127.0.0.1" });
console.log(JSON.stringify({ endpoint: server.listeningOrigin }));

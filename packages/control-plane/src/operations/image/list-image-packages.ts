import { sql, type SqlBool } from "kysely";
import { positionIn } from "../../lists/page-position.js";
import { pageOf, rowsToFetch } from "../../lists/pages.js";
import { defineOperation } from "../../operation-definition.js";
import { findResource } from "../../resources/find-resource.js";
import { IMAGE_BUILD } from "./image-arn.js";

/** The packages of a build of an image, by name and version. Source: API model. */
export const listImagePackages = defineOperation({
  name: "ListImagePackages",
  run: async (input, context) => {
    const start = positionIn<readonly [string, string]>(context, input);
    const image = await findResource(context, input.imageBuildVersionArn, IMAGE_BUILD);
    let query = context.database.selectFrom("image_package").select(["name", "version"]).where("image_id", "=", image.id);
    if (start !== undefined) query = query.where(sql<SqlBool>`(name, version) > (${start[0]} collate "C", ${start[1]} collate "C")`);
    const found = await query.orderBy("name").orderBy("version").limit(rowsToFetch(input)).execute();
    const { rows, ...page } = pageOf(context, input, found, ({ name, version }) => [name, version]);
    return { ...page, imagePackageList: rows.map(({ name, version }) => ({ packageName: name, packageVersion: version })) };
  },
});

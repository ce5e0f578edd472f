import { cancelImageCreation } from "./cancel-image-creation.js";
import { createImage } from "./create-image.js";
import { deleteImage } from "./delete-image.js";
import { distributeImage } from "./distribute-image.js";
import { getImage } from "./get-image.js";
import { getImagePolicy } from "./get-image-policy.js";
import { importDiskImage } from "./import-disk-image.js";
import { importVmImage } from "./import-vm-image.js";
import { listImageBuildVersions } from "./list-image-build-versions.js";
import { listImagePackages } from "./list-image-packages.js";
import { listImagePipelineImages } from "./list-image-pipeline-images.js";
import { listImages } from "./list-images.js";
import { listImageScanFindingAggregations } from "./list-image-scan-finding-aggregations.js";
import { listImageScanFindings } from "./list-image-scan-findings.js";
import { putImagePolicy } from "./put-image-policy.js";
import { retryImage } from "./retry-image.js";
import { startResourceStateUpdate } from "./start-resource-state-update.js";

export const imageOperations = {
  CancelImageCreation: cancelImageCreation,
  CreateImage: createImage,
  DeleteImage: deleteImage,
  DistributeImage: distributeImage,
  GetImage: getImage,
  GetImagePolicy: getImagePolicy,
  ImportDiskImage: importDiskImage,
  ImportVmImage: importVmImage,
  ListImageBuildVersions: listImageBuildVersions,
  ListImagePackages: listImagePackages,
  ListImagePipelineImages: listImagePipelineImages,
  ListImages: listImages,
  ListImageScanFindingAggregations: listImageScanFindingAggregations,
  ListImageScanFindings: listImageScanFindings,
  PutImagePolicy: putImagePolicy,
  RetryImage: retryImage,
  StartResourceStateUpdate: startResourceStateUpdate,
};

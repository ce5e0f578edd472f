import type { Api, Checked, OperationName } from "@imagewright/imagebuilder-model";
import { invalidValue } from "../errors/api-errors.js";

type Mapping = Checked<Api.InstanceBlockDeviceMapping>;

const WITH_IOPS = ["io1", "io2", "gp3"];

/** Rules of block devices that their shape cannot say. Source: guide chapter 26; API model, `EbsInstanceBlockDeviceSpecification`. */
export function checkBlockDevices(operation: OperationName, parameter: string, mappings: readonly Mapping[] = []): void {
  const devices = mappings.map(({ deviceName }) => deviceName);
  for (const [index, mapping] of mappings.entries()) {
    const fault = faultOf(mapping, devices.indexOf(mapping.deviceName) < index);
    if (fault !== undefined) throw invalidValue(operation, `${parameter}[${index}]`, fault);
  }
}

function faultOf({ deviceName, ebs, noDevice, virtualName }: Mapping, isRepeated: boolean): string | undefined {
  if (deviceName !== undefined && isRepeated) return `the device '${deviceName}' is mapped twice; allowed: once`;
  if (noDevice !== undefined && (ebs ?? virtualName) !== undefined) return "'noDevice' excludes 'ebs' and 'virtualName'";
  if (ebs === undefined) return undefined;
  const { volumeType, iops, throughput, kmsKeyId, encrypted } = ebs;
  if ((volumeType === "io1" || volumeType === "io2") && iops === undefined) return `a volume of the type ${volumeType} needs 'iops'`;
  if (iops !== undefined && volumeType !== undefined && !WITH_IOPS.includes(volumeType))
    return `a volume of the type ${volumeType} has no 'iops'; allowed for: ${WITH_IOPS.join(", ")}`;
  if (throughput !== undefined && volumeType !== "gp3")
    return `'throughput' is for volumes of the type gp3; found ${volumeType ?? "no type"}`;
  if (kmsKeyId !== undefined && encrypted !== true) return "'kmsKeyId' needs 'encrypted': true";
  return undefined;
}

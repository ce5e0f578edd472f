const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A time as messages of the service have it, in UTC: `Jul 28, 2022 1:13:45 AM`. Source: guide chapter 47, SNS message format. */
export function messageDate(time: Date): string {
  const hours = time.getUTCHours();
  const [minutes, seconds] = [time.getUTCMinutes(), time.getUTCSeconds()].map((number) => String(number).padStart(2, "0"));
  const day = `${MONTHS[time.getUTCMonth()] ?? ""} ${String(time.getUTCDate())}, ${String(time.getUTCFullYear())}`;
  return `${day} ${String(hours % 12 === 0 ? 12 : hours % 12)}:${minutes ?? ""}:${seconds ?? ""} ${hours < 12 ? "AM" : "PM"}`;
}

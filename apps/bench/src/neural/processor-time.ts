/** Seconds that this process has had a processor for: what others do on the machine counts little. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

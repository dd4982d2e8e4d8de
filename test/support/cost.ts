/** Milliseconds of processor time that something takes, so that other programs on the machine do not matter much. Bounds guard against growth, not against slowness. */
export function costOf(run: () => void): number {
  const from = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

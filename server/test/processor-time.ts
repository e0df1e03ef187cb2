/** Of this process, in milliseconds: a busy machine takes longer for the same work, and no more of this. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

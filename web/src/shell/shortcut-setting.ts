/** Whether single keys do something; kept in this browser. */
const kept = 'cadastre.shortcuts'

export const areShortcutsOn = () => localStorage.getItem(kept) !== 'off'

export function switchShortcuts(isOn: boolean): void {
  if (isOn) localStorage.removeItem(kept)
  else localStorage.setItem(kept, 'off')
}

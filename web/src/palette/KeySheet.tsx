/** Which keys do what, and where the single ones are switched off. */
import { areShortcutsOn } from '../shell/shortcut-setting.ts'
import { Link } from '../ui/Link.tsx'
import { Floating, FloatingClose } from './Floating.tsx'
import styles from './KeySheet.module.css'

const keys: [string[][], string][] = [
  [
    [
      ['Ctrl', 'K'],
      ['\u2318', 'K'],
    ],
    'Open the palette',
  ],
  [[['/']], 'Go to the search field'],
  [[['j'], ['k']], 'Next, previous in a list'],
  [[['Enter']], 'Open what is selected'],
  [[['g', 'm']], 'Modules'],
  [[['g', 'p']], 'Providers'],
  [[['g', 'a']], 'Administration'],
  [[['g', 'h']], 'Start page'],
  [[['y']], 'Copy the usage block'],
  [[['v']], 'Switch the version'],
  [[['['], [']']], 'Older, newer version'],
  [[['c']], 'Compare with the version before'],
  [[['t']], 'Filter what is on the page'],
  [[['e']], 'Settings of a namespace, for its owners'],
  [[['?']], 'This sheet'],
  [[['Esc']], 'Close or clear'],
]

export const KeySheet = ({ onClose }: { onClose: () => void }) => (
  <Floating title="Keyboard" showTitle onClose={onClose}>
    <table className={styles.keys}>
      <caption className="visually-hidden">Keys and what they do</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">What it does</th>
          <th scope="col">Key</th>
        </tr>
      </thead>
      <tbody>
        {keys.map(([ways, words]) => (
          <tr key={words}>
            <th scope="row">{words}</th>
            <td>
              {ways.map((pressed, at) => (
                <span key={pressed.join(' ')}>
                  {at > 0 && ' or '}
                  {pressed.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
    <div className={styles.foot}>
      <p>
        {areShortcutsOn() ? 'Single keys are on. ' : 'Single keys are off. '}
        <Link to="/me" onClick={onClose}>
          Switch them in your account
        </Link>
      </p>
      <FloatingClose />
    </div>
  </Floating>
)

import { setAnimationMode } from '@ui5/webcomponents-base/dist/config/AnimationMode.js'
import AnimationMode from '@ui5/webcomponents-base/dist/types/AnimationMode.js'
import { ThemeProvider } from '@ui5/webcomponents-react/ThemeProvider'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { startI18n } from './i18n/index.ts'
import './app/app.css'

if (matchMedia('(prefers-reduced-motion: reduce)').matches) setAnimationMode(AnimationMode.None)
await startI18n()
const root = document.getElementById('root')
if (!root) throw new Error('Expected an element with ID "root" in the page')
createRoot(root).render(
  <StrictMode>
    <ThemeProvider>
      <App />
    </ThemeProvider>
  </StrictMode>,
)

// The page's first module: defines the application's element, which takes over the shell.
import './views/vitrine-app'

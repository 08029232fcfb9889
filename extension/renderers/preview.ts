// Runs in every markdown preview of VS Code, as a plain script. Where there are annotated listings, it loads what draws
// them. The preview puts its text into the page after its scripts, and changes it while somebody writes.

new MutationObserver(draw).observe(document.documentElement, { childList: true, subtree: true })
draw()

function draw(): void {
  if (document.querySelector('.annotated-listing > pre') === null) return
  void import('./listings.ts').then(({ drawListings }) => drawListings(document))
}

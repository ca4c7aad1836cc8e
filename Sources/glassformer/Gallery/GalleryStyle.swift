import Drawing

/// The gallery's styles, in the colours of the figures that it shows.
enum GalleryStyle {
    static func css(_ theme: Theme) -> String {
        """
        :root {
          color-scheme: \(theme.mode.rawValue);
          --ink: \(theme.ink.hex); --muted: \(theme.muted.hex); --line: \(theme.hairline.hex);
          --paper: \(theme.paper.hex); --panel: \(theme.panel.hex);
          --accent: \(theme.accent(.query).hex);
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; background: var(--panel); color: var(--ink);
          font: 16px/1.5 Inter, "Noto Sans CJK SC", "PingFang SC", system-ui, sans-serif;
        }
        header, main { max-width: 1680px; margin: 0 auto; padding: 0 clamp(16px, 3vw, 48px); }
        header { padding-top: 40px; }
        h1 { margin: 0; font-size: clamp(28px, 4vw, 44px); line-height: 1.2; overflow-wrap: anywhere; }
        header p { margin: 8px 0 0; color: var(--muted); overflow-wrap: anywhere; }
        code { font: 0.875em "JetBrains Mono", ui-monospace, monospace; }
        nav {
          position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 4px 20px;
          padding: 14px 0; margin-top: 12px; background: var(--panel);
        }
        a { color: var(--accent); text-decoration: none; }
        a:hover { text-decoration: underline; }
        section { scroll-margin-top: 24px; padding-bottom: 32px; }
        h2 {
          margin: 24px 0 16px; padding-bottom: 8px; font-size: 22px; font-weight: 600;
          border-bottom: 1px solid var(--line);
        }
        .grid { display: grid; gap: 24px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 440px), 1fr)); }
        article { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
        article:target { outline: 3px solid var(--accent); }
        figure { margin: 0; border-bottom: 1px solid var(--line); }
        figure a[hidden] { display: none; }
        figure img { display: block; width: 100%; height: auto; }
        h3 { margin: 12px 16px 4px; font-size: 16px; font-weight: 600; }
        .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        article p { margin: 10px 16px; color: var(--muted); font-size: 14px; overflow-wrap: anywhere; }
        .files a { margin-right: 8px; }
        .files code { margin-right: 8px; font-size: 12px; }
        button {
          min-width: 36px; min-height: 32px; font: inherit; color: var(--ink); background: var(--panel);
          border: 1px solid var(--line); border-radius: 6px; cursor: pointer;
        }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        dialog {
          padding: 0; border: 0; background: var(--paper); color: var(--ink); max-width: 96vw; max-height: 96vh;
          border-radius: 10px;
        }
        dialog::backdrop { background: rgb(0 0 0 / 0.6); }
        dialog img { display: block; width: min(96vw, 170vh); height: auto; }
        @media print {
          body { background: none; }
          nav, .files, button { display: none; }
          article { break-inside: avoid; }
        }
        """
    }
}

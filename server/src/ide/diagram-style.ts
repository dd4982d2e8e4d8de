/** The looks of the drawing: the theme of the editor where there is one, else light or dark as the reader likes it. */
export const STYLE = `
.topology{--fg:var(--vscode-foreground,#1f2328);--bg:var(--vscode-editor-background,#fff);--box:var(--vscode-editorWidget-background,#f6f8fa);--edge:var(--vscode-contrastBorder,var(--vscode-editorWidget-border,#d0d7de));--dim:var(--vscode-descriptionForeground,#59636e);--line:var(--vscode-charts-lines,#8c959f);--ok:var(--vscode-charts-green,#2da44e);--bad:var(--vscode-editorError-foreground,#cf222e);--warn:var(--vscode-editorWarning-foreground,#bf8700);--info:var(--vscode-editorInfo-foreground,#0969da);--focus:var(--vscode-focusBorder,#0969da);background:var(--bg);font:12px var(--vscode-font-family,system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif)}
@media (prefers-color-scheme:dark){.topology{--fg:var(--vscode-foreground,#e6edf3);--bg:var(--vscode-editor-background,#0d1117);--box:var(--vscode-editorWidget-background,#161b22);--edge:var(--vscode-contrastBorder,var(--vscode-editorWidget-border,#30363d));--dim:var(--vscode-descriptionForeground,#8d96a0);--line:var(--vscode-charts-lines,#6e7681);--ok:var(--vscode-charts-green,#3fb950);--bad:var(--vscode-editorError-foreground,#f85149);--warn:var(--vscode-editorWarning-foreground,#d29922);--info:var(--vscode-editorInfo-foreground,#58a6ff);--focus:var(--vscode-focusBorder,#58a6ff)}}
.topology text{fill:var(--fg)}
.topology .column{fill:var(--dim);font-size:11px;text-anchor:middle;letter-spacing:.04em}
.topology .box{fill:var(--box);stroke:var(--edge)}
.topology .label{font-weight:600}
.topology .detail{fill:var(--dim);font-size:11px}
.topology .bar{fill:var(--line)}
.topology .server .bar,.topology .location .bar,.topology .upstream .bar{fill:var(--ok)}
.topology .instance .bar,.topology .emperor .bar{fill:var(--info)}
.topology .missing .box{stroke:var(--bad);stroke-dasharray:5 3}
.topology .missing .bar,.topology .has-error .bar{fill:var(--bad)}
.topology .has-error .box{stroke:var(--bad)}
.topology .badge{fill:var(--info)}.topology .badge.error{fill:var(--bad)}.topology .badge.warning{fill:var(--warn)}.topology .badge.hint{fill:var(--dim)}
.topology .count{fill:var(--bg);font-size:10px;font-weight:600;text-anchor:middle}
.topology .line{fill:none;stroke:var(--line);stroke-width:1.4}
.topology .hit{fill:none;stroke:transparent;stroke-width:12}
.topology .fits.connects .line,.topology .fits.serves .line{stroke:var(--ok)}
.topology .unknown .line{stroke-dasharray:5 4}
.topology .starts .line,.topology .meant .line{stroke-dasharray:2 3}
.topology .fails .line{stroke:var(--bad);stroke-width:2}
.topology .cross{fill:none;stroke:var(--bad);stroke-width:2.5}
.topology .arrow path{fill:var(--line)}.topology .arrow.fails path{fill:var(--bad)}
.topology .caption{font-size:10px;text-anchor:middle;fill:var(--dim)}.topology .caption.label{font-weight:400}.topology .caption.why{fill:var(--bad)}
.topology .ground{fill:var(--bg);opacity:.85}
.topology [tabindex]{cursor:pointer;outline:none}
.topology [tabindex]:focus .box,.topology [tabindex]:hover .box{stroke:var(--focus);stroke-width:2}
`;

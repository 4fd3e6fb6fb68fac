"""Draws the history of a commitment as an SVG, from the JSON that the command prints.

servanda history examples/alliance.jsonl jp/hague-convention --on 2014-04-01 --format json \
    | python3 docs/images/history.py > docs/images/hague.svg
"""

import json
import sys
from html import escape

COLOURS = {
    "planned": "#8c959f",
    "active": "#2f81f7",
    "stalled": "#bf8700",
    "achieved": "#2da44e",
    "failed": "#cf222e",
    "superseded": "#8250df",
}
ROW = 30
TOP = 84


def main() -> None:
    standing = json.load(sys.stdin)
    rows = [(step["on"], step["title"]["en"], step) for step in standing["history"]]
    rows.append((standing["made"], f"The commitment is made: “{standing['words']['text']}”", None))
    rows.sort(key=lambda row: row[0])
    height = TOP + ROW * len(rows) + 44
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 {height}" role="img">')
    print(f"<title>{escape(standing['title'])}: history to {standing['on']}</title>")
    print(
        "<style>text{font:14px system-ui,sans-serif;fill:#1f2328}.small{font-size:12px;fill:#59636e}"
        ".head{font-size:18px;font-weight:600}.line{stroke:#d1d9e0}.day{font-family:ui-monospace,monospace}"
        "@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.small{fill:#9198a1}.line{stroke:#3d444d}}</style>"
    )
    print(f'<text class="head" x="20" y="32">{escape(standing["title"])}</text>')
    verdict = f"On {standing['on']}: {standing['status_title']['en']}. Verdict: {standing['verdict']}."
    print(f'<text class="small" x="20" y="56">{escape(verdict)}</text>')
    print(f'<line class="line" x1="132" y1="{TOP}" x2="132" y2="{TOP + ROW * (len(rows) - 1)}" stroke-width="2"/>')
    for number, (day, title, step) in enumerate(rows):
        y = TOP + ROW * number
        print(f'<text class="small day" x="20" y="{y + 5}">{day}</text>')
        if step is None:
            print(f'<rect x="126" y="{y - 6}" width="12" height="12" fill="#bf8700" transform="rotate(45 132 {y})"/>')
        else:
            print(f'<circle cx="132" cy="{y}" r="6" fill="{COLOURS[step["phase"]]}"/>')
        print(f'<text x="152" y="{y + 5}">{escape(title)}</text>')
        if step and step["basis"]:
            by = "by the clock; " if step["clock"] else ""
            basis = step["basis"] if len(step["basis"]) < 60 else step["basis"][:58] + "…"
            print(f'<text class="small" x="940" y="{y + 5}" text-anchor="end">{escape(by + basis)}</text>')
    x = 20
    for phase in ["planned", "active", "failed", "achieved"]:
        print(f'<circle cx="{x + 6}" cy="{height - 20}" r="5" fill="{COLOURS[phase]}"/>')
        print(f'<text class="small" x="{x + 18}" y="{height - 16}">{phase}</text>')
        x += 90
    print("</svg>")


main()

"""Owns a newsroom that is hard to draw: long names, fourteen authors, three directions of writing, nine thousand words.

For screenshots.py beside it. A newsroom is a map: path below its root -> text.
"""

from __future__ import annotations

ARABIC = (
    "كان العدسة مشروخة حين وصلت إلينا في صندوق من الكرتون، ولم يكن الشرخ حيث يبدأ الشرخ عادة. "
    "قضينا أسبوعين نبحث عن السبب، ثم سألنا الرجل الذي صنعها سنة ١٩٧٤. "
)
HEBREW = "העדשה הגיעה אלינו סדוקה, בתוך קופסת קרטון, והסדק לא היה במקום שבו סדקים מתחילים. חיפשנו שבועיים. "
JAPANESE = "割れたレンズは段ボール箱に入って届きました。ひびは、ふつうひびが始まる場所にはありませんでした。二週間さがして、一九七四年にそれを作った人に尋ねました。"
LATIN = (
    "We had looked at the ring for two weeks before anybody thought of the drawing. It was drawn in 1974 by a man who "
    "still lives four streets away, and he remembered the number without being asked. "
)
LONG_NAME = "María de los Ángeles Fernández-Villaverde y Goikoetxea von Hohenlohe-Langenburg"
EVERYONE = "maya, jonas, aino, eero, farah, ines, lena, otso, pete, sanna, tariq, gunvor, noor, alexandria"
TALL = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 1800" width="600" height="1800">'
    '<path fill="#27424d" d="M0 0h600v1800H0z"/><path fill="#d9b26a" d="M250 300h100v1500H250z"/><circle cx="300" cy="260" r="170" fill="#e9dcc3"/></svg>'
)


def _post(title: str, text: str, authors: str = "maya", **more: str) -> str:
    keys = "".join(f"{key}: {value}\n" for key, value in more.items())
    return f"---\ntitle: {title}\nauthors: [{authors}]\ndate: 2026-11-19 09:00\n{keys}---\n{text}\n"


def _person(name: str, **more: str) -> str:
    bio = more.pop("bio", "")
    return f"---\nname: {name}\n" + "".join(f"{key}: {value}\n" for key, value in more.items()) + f"---\n{bio}\n"


def _long() -> str:
    """A post of nine thousand words with everything that Markdown makes."""
    table = (
        "\n\n| part | drawn | tolerance in µm | who measured it | what it cost to find out |\n|---|---|--:|---|--:|\n"
    )
    table += "".join(
        f"| ring {n} | 19{70 + n} | {n * 3} | Jonas, twice, on different days | {n * 127} € |\n" for n in range(1, 9)
    )
    code = "\n\n```python\ndef growth(length: float, kelvin: float, alpha: float = 23.1e-6) -> float:  # aluminium, from the table on the wall\n"
    code += "    return length * kelvin * alpha\n```\n\n"
    quote = "\n\n> I trust a drawing once somebody has cut themselves on the part.\n\n"
    extra = (
        "\n\n1. Cool it.\n2. Wait.\n   - Longer than you want to.\n3. Measure again.\n\n- [x] done\n- [ ] not done\n\n"
    )
    text = ""
    for n in range(1, 13):
        text += f"## What happened in week {n}\n\n" + (LATIN * 6 + "\n\n") * 3
        text += f"### The measurement\n\n{LATIN * 3}A note.[^{n}]{(table, code, quote, extra)[n % 4]}{LATIN * 8}\n\n"
    return text + "".join(f"\n[^{n}]: It was raining, and the gauge does not like rain.\n" for n in range(1, 13))


FULL = {
    "content/people/alexandria.md": _person(LONG_NAME, role="Deputy head of measurement, calibration and after-sales correspondence", bio=LATIN),
    "content/people/noor.md": _person("نور الدين الخطيب", role="مهندس بصريات", languages="[ar]", quote="لا أثق برسم حتى يجرح أحدهم يده بالقطعة.", bio=ARABIC),
    "content/people/yuki.md": _person("高橋 雪乃", role="研磨", languages="[ja]", quote="急がないこと。", bio=JAPANESE),
    "content/posts/2026/long.md": _post("Twelve weeks with one ring, told in full", _long(), topics="[repair]", summary="Everything we tried, in order."),
    "content/posts/2026/bare.md": _post("On glue", "No.", "alexandria"),
    "content/posts/2026/tall/index.md": _post(
        "Why the mast on the roof of the furnace hall is exactly as tall as it is, and what the neighbours, the harbour master and two ministries had to say about it",
        LATIN * 5, "aino, eero, sanna", image='{file: mast.svg, alt: "A mast", caption: "The mast", credit: "Aino"}'),
    "content/posts/2026/tall/mast.svg": TALL,
    "content/posts/2026/fourteen.md": _post("What fourteen of us would do differently", LATIN * 9, EVERYONE, summary=LATIN),
    "content/posts/2026/arabic.md": _post("ماذا علّمتنا عدسة مشروخة", (ARABIC * 3 + "\n\n") * 3 + "## ما الذي تغيّر\n\n" + ARABIC * 4, "noor", language="ar", summary=ARABIC),
    "content/posts/2026/hebrew.md": _post("מה לימדה אותנו עדשה סדוקה", (HEBREW * 3 + "\n\n") * 3, "maya, noor", language="he", summary=HEBREW),
    "content/posts/2026/japanese.md": _post("割れたレンズが教えてくれたこと", (JAPANESE * 3 + "\n\n") * 4, "yuki", language="ja", summary=JAPANESE),
    "content/posts/2026/open.md": _post(
        "Batch 41 of the mast screws may break", LATIN * 2, "jonas, lena", kind="statement", summary="Please lower the mast if yours is from this batch.",
        known='["Eleven screws of batch 41 broke in the cold.", "Nobody was hurt."]', unknown='["Whether batch 40 is like it."]',
        doing='["Every owner is being telephoned.", "New screws are in the post from Friday."]', next_update="2026-11-24 12:00"),
    "content/posts/2026/retracted.md": _post("Grease lasts for ever", LATIN, "otso", corrections='[{date: 2026-11-20, kind: retraction, by: otso, text: "I tested the wrong tin."}]'),
}  # fmt: skip
ONE = {
    "content/people/ida.md": _person(
        "Ida Lund",
        role="Founder",
        quote="I answer everything, if slowly.",
        contact="{email: ida@example.com}",
        ask_me_about="[bread, ovens]",
        bio=LATIN,
    ),
    "content/posts/2026/first.md": _post(
        "The first thing we have to say", LATIN * 4, "ida", summary="And it is short."
    ),
}
RTL = {key: FULL[key] for key in ("content/people/noor.md", "content/posts/2026/arabic.md")}
RTL |= {
    "content/people/salma.md": _person("سلمى حدّاد", role="معايرة", languages="[ar]", ask_me_about="[الموازين]", contact="{email: salma@example.com}", bio=ARABIC),
    "content/posts/2026/second.md": _post("رسالة قصيرة عن الموازين", ARABIC * 3, "salma, noor", summary=ARABIC),
}  # fmt: skip

NEWSROOMS = {"sample": {}, "full": FULL, "one": ONE, "rtl": RTL, "empty": {}}
"""By name; "sample" and "full" have the content of this repository too."""

"""What a collector must do with an answer and `records.py` leaves out: text by
an HTML parser, pay, work mode and place read, records kept durably in SQLite
and exported from there. Far less than jobfarm reads, but every step of it.
"""
import json
import re
import sqlite3

import lxml.html

from records import jobs_of

PAY = re.compile(r"([$€£])\s?(\d[\d,.]*)\s*(k)?(?:\s*[-–]\s*[$€£]?"
                 r"(\d[\d,.]*)\s*(k)?)?(?:\s*(?:per|an?|/)\s*(year|month|hour))?",
                 re.I)
MODES = re.compile(r"\b(remote|hybrid|on-?site)\b", re.I)
CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP"}


def amount(digits, thousands):
    return float(digits.replace(",", "").rstrip(".")) * (1000 if thousands else 1)


def pay_in(text):
    found = PAY.search(text)
    if not found:
        return None
    sign, low, low_k, high, high_k, period = found.groups()
    return {"min": amount(low, low_k or high_k),
            "max": amount(high or low, high_k or low_k),
            "currency": CURRENCIES[sign], "period": period or "year"}


class store:
    """Records by key, durable after every eighth page, about as often as
    jobfarm's groups of pages are."""

    def __init__(self, path):
        self.base = sqlite3.connect(path, isolation_level=None)
        self.base.execute("PRAGMA journal_mode = WAL")
        self.base.execute("PRAGMA synchronous = FULL")
        self.base.execute("CREATE TABLE jobs (key TEXT PRIMARY KEY, job TEXT)")
        self.pages = 0

    def add(self, url, body):
        rows = []
        for title, company, place, markup in jobs_of(url, body):
            text = " ".join(lxml.html.fromstring(markup).text_content().split())
            mode = MODES.search(text)
            city, _, region = place.partition(", ")
            record = {"title": " ".join(title.split()), "company": company,
                      "city": city, "region": region, "url": url,
                      "pay": pay_in(text), "description": text,
                      "mode": mode.group(1).lower() if mode else None}
            key = "|".join((title, company, place)).lower()
            rows.append((key, json.dumps(record)))
        if self.pages % 8 == 0:
            self.base.execute("BEGIN")
        self.base.executemany("INSERT OR IGNORE INTO jobs VALUES (?, ?)", rows)
        self.pages += 1
        if self.pages % 8 == 0:
            self.base.execute("COMMIT")

    def export(self, path):
        if self.base.in_transaction:
            self.base.execute("COMMIT")
        with open(path, "w") as out:
            for (record,) in self.base.execute("SELECT job FROM jobs"):
                out.write(record + "\n")
